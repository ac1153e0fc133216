import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { FlowBranch, FlowRepo } from '#engines/flow/types.ts';
import { createRepo, type Repo } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import {
  commitOnly,
  createField,
  expectUndone,
  type Field,
  failures,
  likenesses,
  succeeds,
  withGitFlow,
} from './field.ts';

const USUAL = {
  'gitflow.branch.master': 'main',
  'gitflow.branch.develop': 'develop',
  'gitflow.prefix.feature': 'feature/',
  'gitflow.prefix.bugfix': 'bugfix/',
  'gitflow.prefix.release': 'release/',
  'gitflow.prefix.hotfix': 'hotfix/',
  'gitflow.prefix.support': 'support/',
  'gitflow.prefix.versiontag': 'v',
};

describe('init', () => {
  test('makes develop and writes what git-flow reads; undo leaves the configuration byte for byte', async ({
    world,
  }) => {
    const field = await createField(world, 'api', 'web');
    const [api, web] = field.workspace.names.map((name) => field.workspace.repo(name));
    for (const repo of [api, web]) {
      await repo?.git('switch', '--quiet', 'main');
      await repo?.git('branch', '--quiet', '-D', 'develop');
    }
    await web?.git('update-ref', '-d', 'refs/remotes/origin/develop');
    await writeFile(
      api?.path('.git', 'config') as string,
      `${await readFile(api?.path('.git', 'config') as string, 'utf8')}# mine\n[alias]\n  st = status # short`,
    );
    await expectUndone(field, () => succeeds(field.stage, 'flow.init'));
    await succeeds(field.stage, 'flow.init');
    for (const repo of [api, web]) {
      for (const [key, value] of Object.entries(USUAL)) expect(await repo?.git('config', key)).toBe(value);
      expect(await repo?.git('branch', '--show-current')).toBe('develop');
    }
    expect(await api?.oid('develop')).toBe(await api?.oid('origin/develop'));
    expect(await web?.oid('develop')).toBe(await web?.oid('main'));
    const before = await likenesses(field.workspace);
    const { steps } = await succeeds(field.stage, 'flow.init');
    expect(steps.map(({ status }) => status)).toEqual(['skipped', 'skipped']);
    expect(await likenesses(field.workspace)).toEqual(before);
    const version = await api?.tryGit('flow', 'feature', 'start', 'by-git-flow');
    expect(version?.code).toBe(0);
  });

  test('takes other names, keeps what is there, and --force changes it', async ({ world }) => {
    const field = await createField(world, 'api');
    const repo = field.workspace.repo('api');
    await repo.git('config', 'gitflow.prefix.feature', 'topic/');
    await repo.git('config', 'gitflow.multi-hotfix', 'true');
    await succeeds(field.stage, 'flow.init', { develop: 'next', tag: 'release-' });
    expect(await repo.git('config', 'gitflow.prefix.feature')).toBe('topic/');
    expect(await repo.git('config', 'gitflow.branch.develop')).toBe('next');
    await expectUndone(field, () => succeeds(field.stage, 'flow.init', { force: true, feature: 'f/' }));
    await succeeds(field.stage, 'flow.init', { force: true, feature: 'f/' });
    expect(await repo.git('config', 'gitflow.prefix.feature')).toBe('f/');
    expect(await repo.git('config', 'gitflow.multi-hotfix')).toBe('true');
  });

  test('with --force over what is configured for all repos gives back, on undo, only what was here', async ({
    world,
  }) => {
    const field = await createField(world, 'api');
    await world.run('git', ['config', '--global', 'gitflow.prefix.feature', 'topic/']);
    await expectUndone(field, () => succeeds(field.stage, 'flow.init', { force: true, feature: 'f/' }));
  });

  test.for([
    { feature: 'bad..prefix/' },
    { feature: '-x' },
    { release: 'two words/' },
    { develop: 'a..b' },
    { tag: '~' },
  ])('refuses names that git would not allow: %j', async (input, { world }) => {
    const field = await createField(world, 'api');
    const before = await likenesses(field.workspace);
    const found = await failures(field.stage, 'flow.init', input);
    expect(Object.values(found)[0]?.code).toBe('ref-invalid');
    expect(await likenesses(field.workspace)).toEqual(before);
  });

  test('over a key that stands twice gives both back', async ({ world }) => {
    const field = await createField(world, 'api');
    await appendFile(
      field.workspace.repo('api').path('.git', 'config'),
      '[gitflow "prefix"]\n\tfeature = one/\n\tfeature = two/ ; the second\n',
    );
    await expectUndone(field, () => succeeds(field.stage, 'flow.init', { force: true, feature: 'three/' }));
  });
});

describe('a dialect', () => {
  const next = [
    '[gitflow]\n\tversion = 1.0\n\tinitialized = true\n',
    '[gitflow "branch.main"]\n\ttype = base\n',
    '[gitflow "branch.develop"]\n\ttype = base\n\tparent = main\n\tautoUpdate = true\n',
    '[gitflow "branch.feature"]\n\ttype = topic\n\tparent = develop\n\tstartPoint = develop\n\tprefix = feat/\n',
    '[gitflow "branch.release"]\n\ttype = topic\n\tparent = main\n\tstartPoint = develop\n\tprefix = rel/\n\ttag = true\n\ttagprefix = r\n',
    '[gitflow "branch.hotfix"]\n\ttype = topic\n\tparent = main\n\tprefix = fix/\n\ttag = true\n\ttagprefix = r\n',
  ].join('');

  test('of git-flow-next is followed, and what it has written is left byte for byte', async ({ world }) => {
    const field = await createField(world, 'api');
    const repo = field.workspace.repo('api');
    await appendFile(repo.path('.git', 'config'), next);
    const before = await likenesses(field.workspace);
    const { steps } = await succeeds(field.stage, 'flow.init');
    expect(steps.map(({ status, summary }) => [status, summary])).toEqual([
      ['skipped', 'git-flow-next is set up here'],
    ]);
    await succeeds(field.stage, 'flow.feature.start', { name: 'login' });
    expect(await repo.git('branch', '--show-current')).toBe('feat/login');
    await commitOnly(repo, 'Begin', { 'login.txt': 'login\n' });
    const { repos, branches } = await field.stage.data<{ repos: FlowRepo[]; branches: FlowBranch[] }>(
      'flow.status',
    );
    expect(repos).toMatchObject([{ model: 'next', main: 'main', develop: 'develop', problem: null }]);
    expect(branches).toMatchObject([{ kind: 'feature', name: 'login', branch: 'feat/login' }]);
    await succeeds(field.stage, 'flow.feature.finish', { name: 'login' });
    await succeeds(field.stage, 'flow.release.start', { name: '2.0.0' });
    await succeeds(field.stage, 'flow.release.finish', { name: '2.0.0' });
    expect(await repo.git('tag')).toBe('r2.0.0');
    expect((await likenesses(field.workspace)).api?.config).toBe(before.api?.config);
  });

  test('of git-flow is followed, with names and remote of its own, and kept byte for byte', async ({
    world,
  }) => {
    const field = await createField(world, 'api');
    const repo = field.workspace.repo('api');
    await repo.git('branch', '--quiet', '-m', 'main', 'production');
    await repo.git('branch', '--quiet', '-m', 'develop', 'next');
    await repo.git('remote', 'rename', 'origin', 'upstream');
    await appendFile(
      repo.path('.git', 'config'),
      [
        '[gitflow "branch"]\n\tmaster = production\n\tdevelop = next\n',
        '[gitflow "prefix"]\n\tfeature = topic-\n\trelease = rel.\n\tversiontag = version-\n',
        '[gitflow]\n\torigin = upstream\n',
      ].join(''),
    );
    const { config } = (await likenesses(field.workspace)).api ?? {};
    await succeeds(field.stage, 'flow.feature.start', { name: 'login' });
    expect(await repo.git('branch', '--show-current')).toBe('topic-login');
    await commitOnly(repo, 'Begin', { 'login.txt': 'login\n' });
    await succeeds(field.stage, 'flow.feature.publish', { name: 'login' });
    expect(await field.workspace.remote('api').git('branch', '--list', 'topic-*')).toContain('topic-login');
    await succeeds(field.stage, 'flow.feature.finish', { name: 'login', push: true });
    await succeeds(field.stage, 'flow.release.start', { name: '2.0.0' });
    await succeeds(field.stage, 'flow.release.finish', { name: '2.0.0' });
    expect(await repo.git('tag')).toBe('version-2.0.0');
    expect(await repo.git('branch', '--format=%(refname:short)')).toBe('next\nproduction');
    expect((await likenesses(field.workspace)).api?.config).toBe(config);
  });

  test('of the manifest gives way to that of a repo', async ({ world }) => {
    const field = await createField(world, 'api', 'web');
    const table = '\n[flow]\nfeature_prefix = "f/"\ndevelop_branch = "trunk"\ntag_prefix = "rel-"\n';
    await appendFile(field.workspace.path('.gantry', 'workspace.toml'), table);
    await withGitFlow(field.workspace.repo('web'));
    await field.workspace.repo('api').git('branch', '--quiet', '-m', 'develop', 'trunk');
    await succeeds(field.stage, 'flow.feature.start', { name: 'login' });
    expect(await field.workspace.repo('api').git('branch', '--show-current')).toBe('f/login');
    expect(await field.workspace.repo('web').git('branch', '--show-current')).toBe('feature/login');
    const { repos } = await field.stage.data<{ repos: FlowRepo[] }>('flow.status');
    expect(repos.map(({ repo, model, develop }) => [repo, model, develop])).toEqual([
      ['api', 'manifest', 'trunk'],
      ['web', 'avh', 'develop'],
    ]);
  });
});

describe('init of a repo without a commit', () => {
  const createUnborn = async (world: World): Promise<Field> => {
    const field = await createField(world, 'api');
    const api = field.workspace.repo('api');
    await world.run('rm', ['-rf', api.path('.git')]);
    await createRepo(world, api.dir);
    await world.run('rm', ['-rf', api.path('README.md'), api.path('plan.txt')]);
    await api.write('notes/untracked.txt', 'untracked\n');
    return field;
  };

  test('begins with an empty commit, as its plan says, and undo leaves none', async ({ world }) => {
    const field = await createUnborn(world);
    const api = field.workspace.repo('api');
    const { described } = await field.stage.plan('flow.init', { main: 'stable', develop: 'next' });
    expect(described.flatMap(({ calls }) => calls.map(({ summary }) => summary)).slice(1)).toEqual([
      'call the first branch stable',
      'commit without any change: Initial commit',
      'create next at stable and switch to it',
    ]);
    const before = await unbornLikeness(api);
    await succeeds(field.stage, 'flow.init', { main: 'stable', develop: 'next' });
    expect(await api.git('log', '--format=%D: %s', '--all', '--exclude=refs/gantry/*')).toContain(
      'Initial commit',
    );
    expect(await api.git('branch', '--show-current')).toBe('next');
    expect(await api.oid('next')).toBe(await api.oid('stable'));
    expect(await api.git('ls-tree', '-r', 'stable')).toBe('');
    await succeeds(field.stage, 'undo');
    expect(await unbornLikeness(api)).toEqual(before);
    await succeeds(field.stage, 'redo');
    expect(await api.git('branch', '--show-current')).toBe('next');
    await succeeds(field.stage, 'flow.feature.start', { name: 'login' });
  });

  test('takes the name that its branch has, and is settled then', async ({ world }) => {
    const field = await createUnborn(world);
    await succeeds(field.stage, 'flow.init');
    const api = field.workspace.repo('api');
    expect(await api.git('branch', '--format=%(refname:short)')).toBe('develop\nmain');
    const { steps } = await succeeds(field.stage, 'flow.init');
    expect(steps.map(({ status }) => status)).toEqual(['skipped']);
  });

  test('commits nothing that somebody has staged', async ({ world }) => {
    const field = await createUnborn(world);
    const api = field.workspace.repo('api');
    await api.write('mine.txt', 'mine\n');
    await api.git('add', 'mine.txt');
    expect(await failures(field.stage, 'flow.init')).toMatchObject({ api: { code: 'flow-dirty' } });
    expect(await api.git('status', '--porcelain')).toContain('A  mine.txt');
  });

  test('makes no history of its own where one is published', async ({ world }) => {
    const field = await createUnborn(world);
    const api = field.workspace.repo('api');
    await api.git('remote', 'add', 'origin', field.workspace.remote('api').dir);
    await api.git('fetch', '--quiet');
    expect(await failures(field.stage, 'flow.init')).toMatchObject({ api: { code: 'flow-main-missing' } });
  });

  const unbornLikeness = async (repo: Repo) => ({
    head: await repo.git('symbolic-ref', 'HEAD'),
    refs: await repo.git('for-each-ref', '--format=%(refname)', 'refs/heads', 'refs/tags', 'refs/remotes'),
    config: await readFile(repo.path('.git', 'config'), 'utf8'),
    status: await repo.git('status', '--porcelain'),
  });
});
