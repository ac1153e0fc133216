import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { applyRestore, applyTrash, checkRestore, checkTrash } from '#engines/workspace/trash.ts';
import { applyWrite, checkWrite } from '#engines/workspace/write.ts';
import { testContext } from '../../rig/context.ts';
import { createRemote } from '../../rig/git.ts';
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
    expect(outcomesOf(receipt, 'api')).toEqual(['skipped: is cloned already']);
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

describe('two who change one workspace at once', () => {
  test('neither overwrites the other; who came too late is told, and running it again does the rest', async ({
    world,
  }) => {
    const stage = createStage(world);
    await createWorkspace(world, {});
    const remotes = [world.path('elsewhere', 'a.git'), world.path('elsewhere', 'b.git')];
    for (const remote of remotes) await createRemote(world, remote);
    const add = (url: string) => stage.receipt('workspace.add', { url });

    await Promise.all(remotes.map(add));
    for (const remote of remotes) await add(remote);

    const { repos } = await stage.data<{ repos: object[] }>('workspace.list');
    expect(repos).toHaveLength(2);
    expect(repos).toMatchObject([{ cloned: true }, { cloned: true }]);
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
    ['ahead', '1 unpushed commit'],
    ['stash', '1 stash'],
    ['conflicted', 'a merge in progress'],
    ['rebasing', 'a rebase in progress'],
    ['worktree', '1 linked worktree'],
    ['flow', '1 unpushed commit'],
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
    expect(stepOf(receipt, 'api').summary).toContain('1 unpushed commit in library');
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
