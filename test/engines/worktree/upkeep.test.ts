import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { repoAt } from '../../rig/git.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { createStage, outcomesOf, writeText } from '../workspace/stage.ts';

const YES = { approval: { yes: true } } as const;

describe('worktrees', () => {
  test('are listed set by set, those that were made by hand last, and the main ones not at all', async ({
    world,
  }) => {
    const workspace = await createWorkspace(world, { api: 'worktree', web: 'dirty' });
    const stage = createStage(world);
    await stage.receipt('worktree.add', { name: 'second' });
    await stage.receipt('worktree.add', { name: 'first', repos: ['web'] });
    await rm(world.path('work', '.worktrees', 'second', 'web'), { recursive: true });
    await repoAt(world, world.path('work', '.worktrees', 'first', 'web')).write('notes.txt');
    const { worktrees } = await stage.data<{ worktrees: object[] }>('worktree.list');
    expect(worktrees).toMatchObject([
      { set: 'first', repo: 'web', state: 'ok', untracked: 1, locked: null, lease: null },
      { set: 'second', repo: 'api', state: 'ok', branch: 'second' },
      { set: 'second', repo: 'web', state: 'missing', branch: null },
      { set: null, repo: 'api', state: 'ok', branch: 'topic', id: `${workspace.path('api')}-topic` },
    ]);
    expect(await stage.data('worktree.list', { set: 'first' })).toMatchObject({
      worktrees: [{ set: 'first', repo: 'web' }],
    });
    expect(await stage.failure('worktree.list', { set: 'third' })).toMatchObject({ code: 'set-unknown' });
  });

  test('belong to a set also where its name or the place of the repo has parts', async ({ world }) => {
    await createWorkspace(world, { 'libs/core': 'clean', api: 'clean' });
    const stage = createStage(world);
    await stage.receipt('worktree.add', { name: 'fix/login' });
    const { worktrees } = await stage.data<{ worktrees: object[] }>('worktree.list', { set: 'fix/login' });
    expect(worktrees).toMatchObject([
      { repo: 'libs/core', set: 'fix/login', branch: 'fix/login' },
      { repo: 'api', set: 'fix/login', branch: 'fix/login' },
    ]);
    await stage.receipt('worktree.remove', { name: 'fix/login' }, YES);
    expect(existsSync(world.path('work', '.worktrees', 'fix'))).toBe(false);
  });

  test('are listed once where a repo of the workspace is a worktree of another', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    await workspace.repo('api').git('worktree', 'add', '--quiet', '-b', 'next', '--', workspace.path('next'));
    await writeText(
      workspace.path('.gantry', 'workspace.toml'),
      '[workspace]\nname = "w"\n[[repos]]\nname = "api"\n[[repos]]\nname = "next"\n',
    );
    const stage = createStage(world);
    await stage.receipt('worktree.add', { name: 'login', repos: ['api'] });
    await stage.receipt('worktree.add', { name: 'search', repos: ['next'] });
    await workspace.repo('api').git('worktree', 'add', '--quiet', '-b', 'hand', '--', workspace.path('hand'));
    const { worktrees } = await stage.data<{ worktrees: object[] }>('worktree.list');
    expect(worktrees).toMatchObject([
      { set: 'login', repo: 'api', branch: 'login' },
      { set: 'search', repo: 'next', branch: 'search' },
      { set: null, branch: 'hand' },
    ]);
    await stage.receipt('worktree.remove', { name: 'search' }, YES);
    expect(existsSync(world.path('work', '.worktrees', 'search'))).toBe(false);
    expect(existsSync(workspace.path('next', 'README.md'))).toBe(true);
  });

  test('are found by name: the set, one of its repos, and what is missing', async ({ world }) => {
    await createWorkspace(world, { api: 'clean', web: 'clean' });
    const stage = createStage(world);
    await stage.receipt('worktree.add', { name: 'login', repos: ['api'] });
    const set = world.path('work', '.worktrees', 'login');
    expect(await stage.data('worktree.switch', { name: 'login' })).toEqual({ path: set });
    expect(await stage.data('worktree.switch', { name: 'login', repo: 'api' })).toEqual({
      path: `${set}/api`,
    });
    expect(await stage.failure('worktree.switch', { name: 'login', repo: 'web' })).toMatchObject({
      code: 'worktree-missing',
      next: ['gantry worktree add login --repos web', 'gantry worktree list login'],
    });
    expect(await stage.failure('worktree.switch', { name: 'lgoin' })).toMatchObject({ code: 'set-unknown' });
  });

  test('are locked with a reason, unlocked, and both is taken back', async ({ world }) => {
    await createWorkspace(world, { api: 'clean', web: 'clean' });
    const stage = createStage(world);
    await stage.receipt('worktree.add', { name: 'login' });
    const reasons = async () =>
      (await stage.data<{ worktrees: { locked: string | null }[] }>('worktree.list')).worktrees.map(
        ({ locked }) => locked,
      );
    await stage.receipt('worktree.lock', { name: 'login', repos: ['api'], reason: '--on the\n"USB" disk' });
    expect(await reasons()).toEqual(['--on the\n"USB" disk', null]);
    const again = await stage.receipt('worktree.lock', { name: 'login', reason: 'other' });
    expect(outcomesOf(again, 'api')).toEqual(['skipped: is locked already']);
    await stage.receipt('undo', {}, YES);
    expect(await reasons()).toEqual(['--on the\n"USB" disk', null]);
    await stage.receipt('worktree.unlock', { name: 'login' });
    expect(await reasons()).toEqual([null, null]);
    await stage.receipt('undo', {}, YES);
    expect(await reasons()).toEqual(['--on the\n"USB" disk', null]);
  });

  test('that are gone are pruned, and come back as they were known', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
    const stage = createStage(world);
    const list = () => workspace.repo('api').git('worktree', 'list', '--porcelain');
    await stage.receipt('worktree.add', { name: 'gone' });
    await stage.receipt('worktree.add', { name: 'locked', repos: ['api'] });
    await stage.receipt('worktree.lock', { name: 'locked' });
    await rm(world.path('work', '.worktrees'), { recursive: true });
    const before = await list();
    const receipt = await stage.receipt('worktree.prune', {}, YES);
    expect(outcomesOf(receipt, 'api')).toEqual(['done']);
    expect(await list()).not.toContain('gone');
    expect(await list()).toContain('locked');
    expect(outcomesOf(await stage.receipt('worktree.prune'), 'api')).toEqual([
      'skipped: has nothing to prune',
    ]);
    await stage.receipt('undo', {}, YES);
    expect(await list()).toBe(before);
  });

  test('that were moved by hand are connected again, and that is taken back', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
    const stage = createStage(world);
    await stage.receipt('worktree.add', { name: 'login' });
    await rename(world.path('work', '.worktrees', 'login'), world.path('work', '.worktrees', 'renamed'));
    const made = repoAt(world, world.path('work', '.worktrees', 'renamed', 'api'));
    await stage.receipt('worktree.repair');
    expect(await workspace.repo('api').git('worktree', 'list')).toContain(made.dir);
    expect((await stage.data<{ worktrees: object[] }>('worktree.list')).worktrees).toMatchObject([
      { set: 'renamed', state: 'ok' },
      { set: 'renamed', state: 'ok' },
    ]);
    expect((await stage.receipt('worktree.repair')).steps).toMatchObject([
      { summary: 'has nothing to repair' },
      { summary: 'has nothing to repair' },
    ]);
    await stage.receipt('undo', {}, YES);
    expect(await workspace.repo('api').git('worktree', 'list')).not.toContain(made.dir);
  });

  test('whose repo was moved find it again', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    await createStage(world).receipt('worktree.add', { name: 'login' });
    await rename(world.path('work'), world.path('moved'));
    await mkdir(world.path('work'));
    const stage = createStage(world);
    const cwd = world.path('moved');
    const made = repoAt(world, world.path('moved', '.worktrees', 'login', 'api'));
    expect((await made.tryGit('status')).code).toBe(128);
    await stage.receipt('worktree.repair', {}, { cwd });
    expect(await made.git('branch', '--show-current')).toBe('login');
    expect((await stage.data<{ worktrees: object[] }>('worktree.list', {}, { cwd })).worktrees).toMatchObject(
      [{ set: 'login', state: 'ok' }],
    );
  });

  test('each run a command, side by side', async ({ world }) => {
    await createWorkspace(world, { api: 'clean', web: 'clean', docs: 'clean' });
    const stage = createStage(world);
    await stage.receipt('worktree.add', { name: 'login', repos: ['api', 'web'] });
    const outcome = await stage.call('worktree.exec', {
      name: 'login',
      command: ['git', 'branch', '--show-current'],
    });
    expect(outcome).toMatchObject({
      kind: 'receipt',
      data: {
        repos: [
          { repo: 'api', status: 'done', exitCode: 0, stdout: 'login\n' },
          { repo: 'web', status: 'done', exitCode: 0, stdout: 'login\n' },
        ],
      },
    });
    const failed = await stage.call('worktree.exec', { name: 'login', command: ['false'], repos: ['api'] });
    expect(failed).toMatchObject({ failure: { code: 'command-failed' } });
  });
});
