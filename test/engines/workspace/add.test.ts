import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { readEntriesFact } from '#engines/workspace/entries.ts';
import { applyRestore, applyTrash, checkRestore, checkTrash } from '#engines/workspace/trash.ts';
import { applyWrite, checkWrite } from '#engines/workspace/write.ts';
import { testContext } from '../../rig/context.ts';
import { createRemote } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { createStage, outcomesOf, stepOf, writeText } from './stage.ts';

const YES = { approval: { yes: true } } as const;

describe('workspace add', () => {
  test('given an address, the repo is listed and cloned; given it again, nothing happens', async ({
    world,
  }) => {
    const stage = createStage(world);
    await createWorkspace(world, { api: 'clean' });
    const web = await createRemote(world, world.path('elsewhere', 'web.git'));

    await stage.receipt('workspace.add', { url: web.dir, name: 'site', path: 'front/site' });
    expect(existsSync(world.path('work', 'front', 'site', '.git'))).toBe(true);

    const again = await stage.receipt('workspace.add', { url: web.dir, name: 'site', path: 'front/site' });
    expect(again.steps.map(({ status, summary }) => [status, summary])).toEqual([
      ['skipped', 'is cloned already'],
    ]);
  });

  test('a clone that is there already is taken as it is', async ({ world }) => {
    const stage = createStage(world);
    const { repo } = await createWorkspace(world, { api: 'dirty' });
    await writeText(world.path('work', '.gantry', 'workspace.toml'), '[workspace]\nname = "w"\n');
    const before = await repo('api').git('status', '--porcelain');

    const receipt = await stage.receipt('workspace.add', { url: 'https://example.test/api.git' });
    expect(outcomesOf(receipt, 'api')).toEqual(['skipped: is cloned already', 'done']);
    expect(await repo('api').git('status', '--porcelain')).toBe(before);
  });

  test('given a name that another repo has, it is refused', async ({ world }) => {
    const stage = createStage(world);
    await createWorkspace(world, { api: 'clean' });
    expect(await stage.failure('workspace.add', { url: 'https://example.test/api.git' })).toMatchObject({
      code: 'repo-exists',
    });
  });

  test('given a manifest that somebody changed after the plan, nothing is overwritten', async ({ world }) => {
    const stage = createStage(world);
    await createWorkspace(world, { api: 'clean' });
    const file = world.path('work', '.gantry', 'workspace.toml');
    const plan = await stage.plan('workspace.remove', { repo: 'api' });
    const changed = `${await readFile(file, 'utf8')}\n# a note\n`;
    await writeText(file, changed);

    const late = await stage.call('workspace.remove', { repo: 'api' }, { approval: { plan: plan.hash } });
    expect(late).toMatchObject({ kind: 'failure' });
    expect(await readFile(file, 'utf8')).toBe(changed);
  });
});

describe('undo of an add', () => {
  const addedIn = async (world: World) => {
    const stage = createStage(world);
    await createWorkspace(world, {});
    const { dir } = await createRemote(world, world.path('elsewhere', 'web.git'));
    const { activity } = await stage.receipt('workspace.add', { url: dir });
    return { stage, undo: () => stage.receipt('undo', { id: activity }, YES) };
  };
  const manifestIn = (world: World) => readFile(world.path('work', '.gantry', 'workspace.toml'), 'utf8');

  test('takes back the entry with the clone, and redo brings back both', async ({ world }) => {
    const { stage, undo } = await addedIn(world);
    expect((await undo()).status).toBe('done');
    expect(await manifestIn(world)).not.toContain('web');
    expect(existsSync(world.path('work', 'web'))).toBe(false);

    expect((await stage.receipt('redo', {}, YES)).status).toBe('done');
    expect(await manifestIn(world)).toContain('name = "web"');
    expect(existsSync(world.path('work', 'web', '.git'))).toBe(true);
  });

  test.for([
    ['a file', 'notes.txt', 'mine'],
    ['a hook', '.git/hooks/pre-push', '#!/bin/sh'],
    ['a setting', '.git/config', '[user]\nname = "Ada"'],
    ['an exclude', '.git/info/exclude', '*.log'],
  ] as const)(
    'given %s that the clone got since, it takes back neither',
    async ([, path, text], { world }) => {
      const { stage, undo } = await addedIn(world);
      const file = world.path('work', 'web', path);
      const before = await readFile(file, 'utf8').catch(() => '');
      await writeText(file, `${before}${text}\n`);

      const { status } = await undo();
      expect(status).not.toBe('done');
      expect(await readFile(file, 'utf8')).toBe(`${before}${text}\n`);
      expect(await stage.data('workspace.list')).toMatchObject({ repos: [{ name: 'web', cloned: true }] });
    },
  );
});

describe('several who change one workspace at once', () => {
  const served = async (world: World, names: string[]) =>
    Promise.all(
      names.map(async (name) => (await createRemote(world, world.path('elsewhere', `${name}.git`))).dir),
    );

  test('edits that do not contradict each other all come, and each is taken back by itself', async ({
    world,
  }) => {
    const stage = createStage(world);
    await createWorkspace(world, {});
    const urls = await served(world, ['a', 'b', 'c', 'd']);

    const receipts = await Promise.all(urls.map((url) => stage.receipt('workspace.add', { url })));
    expect(receipts.map(({ status }) => status)).toEqual(['done', 'done', 'done', 'done']);
    const listed = async () =>
      (await stage.data<{ repos: { name: string; cloned: boolean }[] }>('workspace.list')).repos;
    expect(await listed()).toHaveLength(4);
    expect((await listed()).every(({ cloned }) => cloned)).toBe(true);

    await stage.receipt('undo', { id: receipts[1]?.activity }, YES);
    expect((await listed()).map(({ name }) => name).toSorted()).toEqual(['a', 'c', 'd']);
  });

  test('of two who want one name at once, the second is refused in words and clones nothing', async ({
    world,
  }) => {
    const stage = createStage(world);
    await createWorkspace(world, {});
    const urls = await served(world, ['one', 'other']);

    const outcomes = await Promise.all(
      urls.map((url, index) => stage.call('workspace.add', { url, name: 'api', path: `place-${index}` })),
    );
    const failures = outcomes.flatMap((outcome) =>
      outcome.kind === 'receipt' || outcome.kind === 'failure' ? (outcome.failure ?? []) : [],
    );
    expect(failures).toMatchObject([{ code: 'repo-exists', message: expect.stringContaining('api') }]);
    const { repos } = await stage.data<{ repos: object[] }>('workspace.list');
    expect(repos).toMatchObject([{ name: 'api', cloned: true }]);
    const places = [0, 1].filter((index) => existsSync(world.path('work', `place-${index}`)));
    expect(places).toHaveLength(1);
  });

  test('what a manifest says of a repo is told apart coarsely', async ({ world }) => {
    await createWorkspace(world, {});
    const file = world.path('work', '.gantry', 'workspace.toml');
    const entry = { name: 'api', url: 'https://example.test/api.git', path: 'back/api' };
    const written = (more: string) =>
      writeText(file, `[workspace]\nname = "w"\n[[repos]]\n${more}\nurl = "${entry.url}"\n`);
    const answer = () => readEntriesFact({ file, entries: [entry] });

    expect(await answer()).toBe('absent');
    await written('name = "api"\npath = "back/api"');
    expect(await answer()).toBe('listed');
    await written('name = "api"\npath = "back/api"\nsetup_cmd = "make"');
    expect(await answer()).toBe('extended');
    await written('name = "api"\npath = "front"');
    expect(await answer()).toBe('taken');
    await written('name = "other"\npath = "back/api"');
    expect(await answer()).toBe('taken');
  });
});

describe('a process that died between doing and writing down', () => {
  test('is told apart from one that died before', async ({ world }) => {
    const { repo, dir } = await createWorkspace(world, { api: 'clean' });
    const context = testContext(world, { workspace: dir });
    const file = `${dir}/.gantry/workspace.toml`;
    const before = await readFile(file, 'utf8');
    const write = {
      args: { file, before, text: `${before}# more\n`, purpose: 'say more' },
      target: { kind: 'workspace', name: 'demo', path: dir },
      activity: '1',
      step: 'manifest',
    } as const;
    expect(await checkWrite(write)).toBeUndefined();
    await applyWrite(write);
    expect(await checkWrite(write)).toMatchObject({ summary: 'say more' });

    const path = repo('api').dir;
    const trash = {
      args: { path },
      target: { kind: 'repo', name: 'api', path },
      activity: '1',
      step: 'api/1',
    } as const;
    expect(await checkTrash(trash, context)).toBeUndefined();
    const { result } = await applyTrash(trash, context);
    expect(await checkTrash(trash, context)).toMatchObject({ result });
    const restore = { ...trash, args: { path, ...(result as { trash: string }) } };
    expect(await checkRestore(restore)).toBeUndefined();
    await applyRestore(restore);
    expect(await checkRestore(restore)).toMatchObject({ summary: 'files are back' });
    expect(await repo('api').git('status', '--porcelain')).toBe('');
  });
});

describe('workspace remove', () => {
  test('the manifest forgets the repo and its files stay; undo lists it again as it was', async ({
    world,
  }) => {
    const stage = createStage(world);
    await createWorkspace(world, { api: 'dirty', web: 'clean' });
    const file = world.path('work', '.gantry', 'workspace.toml');
    const before = await readFile(file, 'utf8');

    const { activity } = await stage.receipt('workspace.remove', { repo: 'api' });
    expect(await readFile(file, 'utf8')).not.toContain('"api"');
    expect(existsSync(world.path('work', 'api', '.git'))).toBe(true);

    await stage.receipt('undo', { id: activity });
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  test('with its files: they go when nothing would be lost, and undo brings back every one', async ({
    world,
  }) => {
    const stage = createStage(world);
    const { repo } = await createWorkspace(world, { api: 'clean' });
    await repo('api').write('.git/info/exclude', 'ignored.txt\n');
    await repo('api').write('ignored.txt', 'ignored\n');
    const head = await repo('api').oid();

    expect((await stage.call('workspace.remove', { repo: 'api', delete: true })).kind).toBe('approval');
    const { activity } = await stage.receipt('workspace.remove', { repo: 'api', delete: true }, YES);
    expect(existsSync(world.path('work', 'api'))).toBe(false);

    expect((await stage.receipt('undo', { id: activity }, YES)).status).toBe('done');
    expect(await repo('api').oid()).toBe(head);
    expect(await readFile(world.path('work', 'api', 'ignored.txt'), 'utf8')).toBe('ignored\n');
    expect((await stage.receipt('redo', {}, YES)).status).toBe('done');
    expect(existsSync(world.path('work', 'api'))).toBe(false);
  });

  test.for([
    ['dirty', '1 change'],
    ['staged', '1 change'],
    ['untracked', '1 untracked file'],
    ['ahead', '1 commit that no remote branch has'],
    ['stash', '1 stash'],
    ['conflicted', 'a merge in progress'],
    ['rebasing', 'a rebase in progress'],
    ['worktree', '1 linked worktree'],
    ['flow', '1 commit that no remote branch has'],
  ] as const)(
    'with its files: a repo that is %s is refused, and everything stays',
    async ([state, risk], { world }) => {
      const stage = createStage(world);
      const { repo } = await createWorkspace(world, { api: state });
      const before = await repo('api').git('status', '--porcelain=v2');

      const receipt = await stage.receipt('workspace.remove', { repo: 'api', delete: true }, YES);
      expect(stepOf(receipt, 'api')).toMatchObject({ status: 'refused', failure: { code: 'repo-at-risk' } });
      expect(stepOf(receipt, 'api').summary).toContain(risk);
      expect(await repo('api').git('status', '--porcelain=v2')).toBe(before);
      expect(await readFile(world.path('work', '.gantry', 'workspace.toml'), 'utf8')).toContain('"api"');
    },
  );

  test('with its files: a commit that only a submodule has is found', async ({ world }) => {
    const stage = createStage(world);
    const { repo } = await createWorkspace(world, { api: 'submodule' });
    await repo('api').git('-C', 'library', 'commit', '--quiet', '--allow-empty', '--message', 'Only here');
    await repo('api').git('add', 'library');
    await repo('api').commit('Record it');
    await repo('api').git('push', '--quiet');

    const receipt = await stage.receipt('workspace.remove', { repo: 'api', delete: true }, YES);
    expect(stepOf(receipt, 'api').summary).toContain('1 commit that no remote branch has in library');
  });

  test.for([
    ['a tag', 'refs/tags/kept'],
    ['a ref of another tool', 'refs/changes/1/1'],
  ] as const)('with its files: a commit that only %s has is found', async ([, ref], { world }) => {
    const stage = createStage(world);
    const { repo } = await createWorkspace(world, { api: 'ahead' });
    await repo('api').git('update-ref', ref, 'HEAD');
    await repo('api').git('reset', '--quiet', '--hard', 'origin/main');

    const receipt = await stage.receipt('workspace.remove', { repo: 'api', delete: true }, YES);
    expect(stepOf(receipt, 'api').summary).toContain('has 1 commit that no remote branch has');
  });

  test('with its files: the snapshots that undo keeps are no work that would be lost', async ({ world }) => {
    const stage = createStage(world);
    const { repo } = await createWorkspace(world, { api: 'ahead' });
    await stage.receipt('repo.reset', { repos: ['api'] }, YES);
    expect(await repo('api').git('for-each-ref', '--format=%(refname)', 'refs/gantry')).not.toBe('');

    const receipt = await stage.receipt('workspace.remove', { repo: 'api', delete: true }, YES);
    expect(receipt.status).toBe('done');
  });

  test.for(['--assume-unchanged', '--skip-worktree'])(
    'with its files: a change that git overlooks by %s is found',
    async (overlooking, { world }) => {
      const stage = createStage(world);
      const { repo } = await createWorkspace(world, { api: 'clean' });
      await repo('api').git('update-index', overlooking, 'README.md');
      const remove = () => stage.plan('workspace.remove', { repo: 'api', delete: true });
      expect((await remove()).refused).toEqual([]);

      await repo('api').write('README.md', 'mine\n');
      expect((await remove()).refused).toMatchObject([
        { failure: { code: 'repo-at-risk', details: { risk: '1 change that git is told to overlook' } } },
      ]);
    },
  );

  test('with its files: planning runs no program that the settings of the repo name', async ({ world }) => {
    const stage = createStage(world);
    const { repo } = await createWorkspace(world, { api: 'clean' });
    await writeFile(world.path('monitor'), `#!/bin/sh\ntouch ${world.path('ran')}\n`, { mode: 0o755 });
    await repo('api').git('config', 'core.fsmonitor', world.path('monitor'));

    await stage.plan('workspace.remove', { repo: 'api', delete: true });
    expect(existsSync(world.path('ran'))).toBe(false);
  });

  test('with its files: what lies outside of the workspace stays where it is', async ({ world }) => {
    const stage = createStage(world);
    const { repo } = await createWorkspace(world, { api: 'clean' });
    await writeText(
      world.path('work', 'inner', '.gantry', 'workspace.toml'),
      '[workspace]\nname = "w"\n[[repos]]\nname = "api"\npath = "../api"\n',
    );
    const receipt = await stage.receipt(
      'workspace.remove',
      { repo: 'api', delete: true },
      { ...YES, cwd: world.path('work', 'inner') },
    );
    expect(stepOf(receipt, 'api').summary).toContain('outside of the workspace');
    expect(await repo('api').git('status', '--porcelain')).toBe('');
  });

  test('an unknown repo is refused with the nearest one', async ({ world }) => {
    const stage = createStage(world);
    await createWorkspace(world, { gateway: 'clean' });
    expect(await stage.failure('workspace.remove', { repo: 'gatewy' })).toMatchObject({
      code: 'repo-unknown',
      details: { nearest: 'gateway' },
    });
  });
});
