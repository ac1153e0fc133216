import { stat } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { fixtureWorkspace } from '../../bench/fixtures/workspace.ts';
import { repoAt } from './git.ts';
import { test } from './test.ts';

const SHAPE = { repos: 13, files: 12, commits: 5 };

describe('a workspace for benchmarks', () => {
  test('has repos in every state, each with a remote of its own', async ({ world }) => {
    const { repos } = await fixtureWorkspace({ ...SHAPE, root: world.path('bench') });
    expect(repos.map(({ name, state }) => `${name} ${state}`)).toMatchInlineSnapshot(`
      [
        "repo-01 dirty",
        "repo-02 untracked",
        "repo-03 ahead",
        "repo-04 behind",
        "repo-05 diverged",
        "repo-06 staged",
        "repo-07 stash",
        "repo-08 submodule",
        "repo-09 worktree",
        "repo-10 detached",
        "repo-11 conflicted",
        "repo-12 clean",
        "repo-13 dirty",
      ]
    `);
    const behind = repoAt(world, repos.find(({ state }) => state === 'behind')?.dir ?? '');
    expect(await behind.git('rev-list', '--count', 'HEAD')).toBe('5');
    expect(await behind.git('rev-list', '--count', 'HEAD..@{upstream}')).toBe('1');
    expect(await behind.git('ls-remote', 'origin', 'main')).toContain(await behind.oid('origin/main'));
    const remotes = repos.map(({ dir }) => repoAt(world, dir).git('remote', 'get-url', 'origin'));
    expect(new Set(await Promise.all(remotes)).size).toBe(13);
  });

  test('is generated once', async ({ world }) => {
    const generate = (label?: string) =>
      fixtureWorkspace({ repos: 1, files: 2, commits: 1, label, root: world.path('bench') });
    const first = await generate();
    const { birthtimeMs } = await stat(first.dir);
    expect(await generate()).toEqual(first);
    expect((await stat(first.dir)).birthtimeMs).toBe(birthtimeMs);
    expect((await generate('write')).dir).not.toBe(first.dir);
  });
});
