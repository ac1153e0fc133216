import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { Failure } from '#engines/core/errors.ts';
import { test } from '../../rig/test.ts';
import {
  commitOnly,
  createField,
  expectUndone,
  type Field,
  failures,
  likenesses,
  succeeds,
  withFeature,
  withGitFlow,
} from './field.ts';

const moveDevelop = async ({ workspace }: Field, name: string) => {
  const repo = workspace.repo(name);
  await repo.git('switch', '--quiet', 'develop');
  await commitOnly(repo, 'Meanwhile', { 'meanwhile.txt': 'meanwhile\n' });
  await repo.git('push', '--quiet', 'origin', 'develop');
};

describe('an update', () => {
  test('rebases what nobody else has, and merges into what is published', async ({ world }) => {
    const field = await createField(world, 'api', 'web');
    await withFeature(field);
    await succeeds(field.stage, 'flow.feature.publish', { name: 'login', repos: ['web'] });
    for (const name of field.workspace.names) await moveDevelop(field, name);
    await expectUndone(field, () => succeeds(field.stage, 'flow.feature.update', { name: 'login' }));
    await succeeds(field.stage, 'flow.feature.update', { name: 'login' });
    const [api, web] = field.workspace.names.map((name) => field.workspace.repo(name));
    expect(await api?.git('log', '-2', '--format=%s', 'feature/login')).toBe('Begin login\nMeanwhile');
    expect(await web?.git('log', '-1', '--format=%s', 'feature/login')).toBe(
      "Merge branch 'develop' into feature/login",
    );
    for (const repo of [api, web]) expect(await repo?.git('branch', '--show-current')).toBe('feature/login');
    const { steps } = await succeeds(field.stage, 'flow.feature.update', { name: 'login' });
    expect(steps.map(({ status }) => status)).toEqual(['skipped', 'skipped']);
  });
});

describe('a published feature', () => {
  test('is tracked by somebody else, and followed by what comes later', async ({ world }) => {
    const field = await createField(world, 'api', 'web');
    const { stage, workspace } = field;
    await withFeature(field);
    const plan = await stage.plan('flow.feature.publish', { name: 'login' });
    expect(plan.needsApproval).toBe(true);
    expect(plan.described.flatMap(({ calls }) => calls).every(({ irreversible }) => irreversible)).toBe(true);
    await succeeds(stage, 'flow.feature.publish', { name: 'login' });
    const { steps } = await succeeds(stage, 'flow.feature.publish', { name: 'login' });
    expect(steps.map(({ status }) => status)).toEqual(['skipped', 'skipped']);
    const tips = await Promise.all(workspace.names.map((name) => workspace.repo(name).oid('feature/login')));
    for (const name of workspace.names) {
      const repo = workspace.repo(name);
      await repo.git('switch', '--quiet', 'develop');
      await repo.git('branch', '--quiet', '-D', 'feature/login');
      await repo.git('update-ref', '-d', 'refs/remotes/origin/feature/login');
    }
    await succeeds(stage, 'repo.fetch');
    await expectUndone(field, () => succeeds(stage, 'flow.feature.track', { name: 'login' }));
    await succeeds(stage, 'flow.feature.track', { name: 'login' });
    for (const [index, name] of workspace.names.entries()) {
      const repo = workspace.repo(name);
      expect(await repo.git('rev-parse', '--abbrev-ref', '@{upstream}')).toBe('origin/feature/login');
      expect(await repo.oid()).toBe(tips[index]);
    }
  });

  test('that is nowhere is not tracked', async ({ world }) => {
    const field = await createField(world, 'api');
    const found = await failures(field.stage, 'flow.feature.track', { name: 'nothing' });
    expect(found.api?.code).toBe('flow-branch-missing');
  });
});

test('a sync fast-forwards what can be, checked out or not, and undo takes it back', async ({ world }) => {
  const field = await createField(world, 'api');
  const repo = field.workspace.repo('api');
  const { develop, main } = { develop: await repo.oid('develop'), main: await repo.oid('main') };
  await commitOnly(repo, 'Work of others', { 'others.txt': 'others\n' });
  await repo.git('push', '--quiet', 'origin', 'develop', 'develop:main');
  const there = await repo.oid('develop');
  await repo.git('reset', '--hard', '--quiet', develop);
  for (const [branch, oid] of [
    ['develop', develop],
    ['main', main],
  ])
    await repo.git('update-ref', `refs/remotes/origin/${branch}`, oid as string);
  await succeeds(field.stage, 'repo.fetch');
  await expectUndone(field, () => succeeds(field.stage, 'flow.sync'));
  await succeeds(field.stage, 'flow.sync');
  expect([await repo.oid('develop'), await repo.oid('main')]).toEqual([there, there]);
});

describe('a delete', () => {
  test('takes what is merged, refuses what is not, and with --force asks; undo brings it back', async ({
    world,
  }) => {
    const field = await createField(world, 'api', 'web');
    for (const name of field.workspace.names) await withGitFlow(field.workspace.repo(name));
    await succeeds(field.stage, 'flow.feature.start', { name: 'merged' });
    await expectUndone(field, () => succeeds(field.stage, 'flow.feature.delete', { name: 'merged' }));
    await withFeature(field);
    const found = await failures(field.stage, 'flow.feature.delete', { name: 'login' });
    expect(found.web).toMatchObject({
      code: 'flow-unmerged',
      next: [
        'gantry flow feature finish login --repos web',
        'gantry flow feature delete login --force --repos web',
      ],
    });
    const asked = await field.stage.call('flow.feature.delete', { name: 'login', force: true });
    expect(asked.kind).toBe('approval');
    await expectUndone(field, () =>
      succeeds(field.stage, 'flow.feature.delete', { name: 'login', force: true }),
    );
  });

  test('takes the published branch only where that is asked for, and says that it stays gone', async ({
    world,
  }) => {
    const field = await createField(world, 'api');
    await withFeature(field);
    await succeeds(field.stage, 'flow.feature.publish', { name: 'login' });
    const remote = field.workspace.remote('api');
    await expectUndone(field, () => succeeds(field.stage, 'flow.feature.delete', { name: 'login' }));
    expect(await remote.git('branch', '--list', 'feature/*')).toContain('feature/login');
    const plan = await field.stage.plan('flow.feature.delete', { name: 'login', remote: true, force: true });
    expect(plan.described.flatMap(({ calls }) => calls.filter((call) => call.irreversible))).toMatchObject([
      { effect: 'outward', summary: 'delete feature/login of origin' },
    ]);
    await succeeds(field.stage, 'flow.feature.delete', { name: 'login', remote: true, force: true });
    expect(await remote.git('branch', '--list', 'feature/*')).toBe('');
  });
});

test('a rename takes upstream, base and checkout along, and undo gives all of it back', async ({ world }) => {
  const field = await createField(world, 'api', 'web');
  for (const name of field.workspace.names) await withGitFlow(field.workspace.repo(name));
  await withFeature(field);
  await succeeds(field.stage, 'flow.feature.publish', { name: 'login', repos: ['api'] });
  const rename = () => succeeds(field.stage, 'flow.feature.rename', { name: 'login', to: 'sign-in' });
  await expectUndone(field, rename);
  await rename();
  for (const name of field.workspace.names) {
    const repo = field.workspace.repo(name);
    expect(await repo.git('branch', '--show-current')).toBe('feature/sign-in');
    expect(await repo.git('config', 'gitflow.branch.feature/sign-in.base')).toBe('develop');
    expect((await repo.tryGit('config', 'gitflow.branch.feature/login.base')).code).toBe(1);
  }
});

test('a checkout switches every repo that has the branch, and undo goes back', async ({ world }) => {
  const field = await createField(world, 'api', 'web');
  await withFeature(field);
  for (const name of field.workspace.names) await field.workspace.repo(name).git('switch', '--quiet', 'main');
  await expectUndone(field, () => succeeds(field.stage, 'flow.feature.checkout', { name: 'login' }));
  const found = await failures(field.stage, 'flow.feature.checkout', { name: 'logni' });
  expect(found['']?.message).toContain('Did you mean login?');
});

test('a diff is of what the feature changed, and not of what came since', async ({ world }) => {
  const field = await createField(world, 'api', 'web');
  await withFeature(field);
  await moveDevelop(field, 'web');
  const { repos } = await field.stage.data<{ repos: { repo: string; files: { path: string }[] }[] }>(
    'flow.feature.diff',
    { name: 'login' },
  );
  expect(repos.map(({ repo, files }) => [repo, files.map(({ path }) => path)])).toEqual([
    ['api', ['login.txt']],
    ['web', ['login.txt']],
  ]);
});

describe('a bugfix and a support branch', () => {
  test('are started, listed and left; a bugfix is finished into develop', async ({ world }) => {
    const field = await createField(world, 'api');
    const repo = field.workspace.repo('api');
    await expectUndone(field, () => succeeds(field.stage, 'flow.support.start', { name: '1.x' }));
    await succeeds(field.stage, 'flow.support.start', { name: '1.x' });
    expect(await repo.oid()).toBe(await repo.oid('main'));
    await succeeds(field.stage, 'flow.bugfix.start', { name: 'typo' });
    await commitOnly(repo, 'Mend', { 'README.md': 'mended\n' });
    await expectUndone(field, () => succeeds(field.stage, 'flow.bugfix.finish', { name: 'typo' }));
    await succeeds(field.stage, 'flow.bugfix.finish', { name: 'typo' });
    expect(await repo.git('show', 'develop:README.md')).toBe('mended');
    const { branches } = await field.stage.data<{ branches: { name: string }[] }>('flow.support.list');
    expect(branches.map(({ name }) => name)).toEqual(['1.x']);
  });
});

describe('undo where the world has moved', () => {
  const moves: Record<
    string,
    { act: string; input: object; move: (field: Field) => Promise<unknown>; says: RegExp }
  > = {
    'a commit on develop after a finish': {
      act: 'flow.feature.finish',
      input: { name: 'login' },
      move: ({ workspace }) => commitOnly(workspace.repo('api'), 'Later', { 'later.txt': 'later\n' }),
      says: /^api: the commit of (HEAD|refs\/heads\/develop) is [0-9a-f]{40}, not [0-9a-f]{40}\.$/,
    },
    'the branch is there again after a finish': {
      act: 'flow.feature.finish',
      input: { name: 'login' },
      move: ({ workspace }) => workspace.repo('api').branch('feature/login', 'main'),
      says: /^api: the commit of refs\/heads\/feature\/login is [0-9a-f]{40}, not absent\.$/,
    },
    'another branch is checked out after a finish': {
      act: 'flow.feature.finish',
      input: { name: 'login' },
      move: ({ workspace }) => workspace.repo('api').git('switch', '--quiet', '-c', 'elsewhere'),
      says: /^api: the checked-out branch is elsewhere, not develop\.$/,
    },
    'a commit on the feature after a start': {
      act: 'flow.feature.start',
      input: { name: 'search' },
      move: ({ workspace }) => commitOnly(workspace.repo('api'), 'Later', { 'later.txt': 'later\n' }),
      says: /^api: the commit of /,
    },
    'a prefix is changed after init': {
      act: 'flow.init',
      input: {},
      move: ({ workspace }) => workspace.repo('api').git('config', 'gitflow.prefix.feature', 'topic/'),
      says: /gitflow\.prefix\.feature/,
    },
  };

  test.for(Object.entries(moves))(
    '%s: refuses and names it',
    async ([, { act, input, move, says }], { world }) => {
      const field = await createField(world, 'api');
      await withFeature(field);
      await succeeds(field.stage, act, input);
      await move(field);
      const before = await likenesses(field.workspace);
      const found: Record<string, Failure> = await failures(field.stage, 'undo');
      expect(found.api?.code).toBe('undo-moved');
      expect(found.api?.message).toMatch(says);
      expect(await likenesses(field.workspace)).toEqual(before);
    },
  );

  test('what was added to the configuration since stays when a finish is taken back', async ({ world }) => {
    const field = await createField(world, 'api');
    const repo = field.workspace.repo('api');
    await withGitFlow(repo);
    await withFeature(field);
    await repo.git('config', 'branch.feature/login.description', 'how to log in');
    await succeeds(field.stage, 'flow.feature.finish', { name: 'login' });
    await repo.git('config', 'user.name', 'Grace');
    await succeeds(field.stage, 'undo');
    expect(await repo.git('config', 'user.name')).toBe('Grace');
    expect(await repo.git('config', 'branch.feature/login.description')).toBe('how to log in');
    expect(await repo.git('config', 'gitflow.branch.feature/login.base')).toBe('develop');
    expect(await readFile(repo.path('.git', 'config'), 'utf8')).toContain('Grace');
  });
});
