import { rm } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { repoAt } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { createStage } from '../workspace/stage.ts';

/** A set in which one file is changed, one staged and one new, while the main worktrees are as they were. */
const createChanged = async (world: World) => {
  const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
  const stage = createStage(world);
  await stage.receipt('worktree.add', { name: 'login', repos: ['api'] });
  const repo = repoAt(world, workspace.path('.worktrees', 'login', 'api'));
  await repo.write('README.md', 'changed there\n');
  await repo.write('staged.txt', 'staged there\n');
  await repo.git('add', 'staged.txt');
  await repo.write('notes.txt', 'new there\n');
  return { workspace, stage, repo };
};

const LOGIN = { name: 'login', repo: 'api' };

describe('a worktree', () => {
  test('is looked into as a repo is, with what is changed there and nowhere else', async ({ world }) => {
    const { stage } = await createChanged(world);
    expect(await stage.data('worktree.detail', LOGIN)).toMatchObject({
      worktree: { set: 'login', repo: 'api', branch: 'login', staged: 1, changed: 1, untracked: 1 },
      changes: [
        { path: 'README.md', staged: '.', unstaged: 'M' },
        { path: 'staged.txt', staged: 'A', unstaged: '.' },
        { path: 'notes.txt', staged: '?', unstaged: '?' },
      ],
      commits: expect.arrayContaining([
        expect.objectContaining({ refs: expect.arrayContaining(['refs/heads/login']) }),
      ]),
      submodules: [],
    });
    expect(await stage.data('repo.detail', { repo: 'api' })).toMatchObject({ changes: [] });
  });

  test('is compared with its own last commit, or between commits, whole or by path', async ({ world }) => {
    const { stage, repo } = await createChanged(world);
    const whole = await stage.data<{ text: string }>('worktree.diff', LOGIN);
    expect(whole).toMatchObject({ files: [{ path: 'README.md' }, { path: 'staged.txt' }] });
    expect(whole.text).toContain('+changed there');
    expect(await stage.data('worktree.diff', { ...LOGIN, staged: true })).toMatchObject({
      files: [{ path: 'staged.txt' }],
    });
    expect(await stage.data('worktree.diff', { ...LOGIN, paths: ['README.md'] })).toMatchObject({
      files: [{ path: 'README.md' }],
    });
    await repo.commit('Second');
    expect(await stage.data('worktree.diff', { ...LOGIN, from: 'HEAD', to: 'main' })).not.toMatchObject({
      files: [],
    });
  });

  test('that was made by hand is named by where it is', async ({ world }) => {
    const { stage, workspace } = await createChanged(world);
    const place = workspace.path('by-hand');
    await workspace.repo('web').git('worktree', 'add', '--quiet', '-b', 'hand', '--', place);
    await repoAt(world, place).write('README.md', 'by hand\n');
    for (const name of [place, 'by-hand']) {
      expect(await stage.data('worktree.detail', { name, repo: 'web' })).toMatchObject({
        worktree: { set: null, id: place },
        changes: [{ path: 'README.md' }],
      });
    }
  });

  test('that is not there says which part of it is not', async ({ world }) => {
    const { stage, workspace } = await createChanged(world);
    const failure = (name: string, repo: string) => stage.failure('worktree.diff', { name, repo });
    expect(await failure('logn', 'api')).toMatchObject({ code: 'set-unknown' });
    expect(await failure('login', 'web')).toMatchObject({ code: 'worktree-missing' });
    expect(await failure('login', 'apj')).toMatchObject({ code: 'repo-unknown' });
    await rm(workspace.path('.worktrees', 'login', 'api'), { recursive: true });
    expect(await failure('login', 'api')).toMatchObject({ code: 'worktree-gone' });
  });
});
