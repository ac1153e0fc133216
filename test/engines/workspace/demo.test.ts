import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { WorkspaceStatus } from '#engines/workspace/types.ts';
import { repoAt } from '../../rig/git.ts';
import { createWorld, type World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { createStage, writeText } from './stage.ts';

const demoIn = (world: World) => world.path('work', 'gantry-demo');

const heads = async (world: World) => {
  const names = (await readdir(demoIn(world))).filter((name) => !name.startsWith('.'));
  const refs = names.map((name) => repoAt(world, `${demoIn(world)}/${name}`).git('for-each-ref'));
  return (await Promise.all(refs)).join('\n');
};

describe('demo', () => {
  test('it makes eight repos, each in a state of its own', async ({ world }) => {
    const stage = createStage(world);
    const outcome = await stage.call('demo');
    expect(outcome).toMatchObject({
      kind: 'receipt',
      receipt: { status: 'done' },
      data: { root: demoIn(world) },
    });

    const status = await stage.data<WorkspaceStatus>('workspace.status', {}, { cwd: demoIn(world) });
    expect(status).toMatchObject({
      name: 'gantry-demo',
      counts: { repos: 8, cloned: 8, dirty: 3, ahead: 3, behind: 3, conflicted: 1 },
    });
    const byName = Object.fromEntries(status.repos.map((repo) => [repo.name, repo]));
    expect(byName).toMatchObject({
      gateway: { branch: 'main', upstream: 'origin/main', ahead: 0, behind: 0, changed: 0 },
      web: { staged: 1, changed: 1, untracked: 1, stashes: 1 },
      worker: { ahead: 2, behind: 0 },
      billing: { ahead: 0, behind: 3 },
      search: { ahead: 1, behind: 2 },
      mobile: { conflicted: 1, operation: 'merge' },
      platform: { submodules: { total: 2, moved: 1, missing: 0 } },
    });

    const docs = repoAt(world, `${demoIn(world)}/docs`);
    expect(await docs.git('branch', '--format=%(refname:short)')).toBe(
      ['develop', 'feature/offline', 'feature/refunds', 'main', 'release/2.1.0'].join('\n'),
    );
    expect((await docs.git('worktree', 'list')).split('\n')).toHaveLength(3);
    expect((await docs.git('shortlog', '--summary', '--all', 'HEAD')).split('\n').length).toBeGreaterThan(2);
    for (const { name } of status.repos) {
      const repo = repoAt(world, `${demoIn(world)}/${name}`);
      expect(await repo.git('fsck', '--no-progress', '--no-dangling')).toBe('');
    }
  });

  test('it is the same every time, whatever the person has configured', async ({ world }) => {
    await using other = await createWorld({
      gitConfig: {
        'core.autocrlf': 'true',
        'commit.gpgSign': 'true',
        'user.name': 'Somebody Else',
        'core.hooksPath': '/nowhere',
      },
      env: { TZ: 'Asia/Tokyo' },
    });
    await createStage(world).receipt('demo');
    await createStage(other).receipt('demo');
    expect(await heads(other)).toBe(await heads(world));
    expect(
      await repoAt(world, `${demoIn(world)}/platform`).tryGit('config', '--get-regexp', 'protocol'),
    ).toMatchObject({
      code: 1,
    });
  });

  test('a directory with anything in it is refused, and what is in it stays', async ({ world }) => {
    await writeText(world.path('work', 'mine', 'notes.txt'), 'mine\n');
    expect(await createStage(world).failure('demo', { directory: 'mine' })).toMatchObject({
      code: 'directory-not-empty',
    });
    expect(await createStage(world).failure('demo', { directory: 'mine/notes.txt' })).toMatchObject({
      code: 'directory-not-empty',
    });
    expect(await readFile(world.path('work', 'mine', 'notes.txt'), 'utf8')).toBe('mine\n');
  });

  test('undo takes away what it made', async ({ world }) => {
    const stage = createStage(world);
    const { activity } = await stage.receipt('demo');
    const undone = await stage.receipt('undo', { id: activity }, { approval: { yes: true } });
    expect(undone.status).toBe('done');
    for (const path of [
      'gateway',
      'docs',
      '.remotes/gateway.git',
      '.remotes/proto.git',
      '.gantry/workspace.toml',
    ])
      expect(existsSync(`${demoIn(world)}/${path}`)).toBe(false);
  });

  test('its repos are synced like any others', async ({ world }) => {
    const stage = createStage(world);
    await stage.receipt('demo');
    const outcome = await stage.call('workspace.sync', {}, { cwd: demoIn(world) });
    expect(outcome).toMatchObject({
      data: {
        repos: expect.arrayContaining([
          expect.objectContaining({ repo: 'billing', status: 'done' }),
          expect.objectContaining({ repo: 'search', status: 'refused' }),
          expect.objectContaining({ repo: 'mobile', status: 'refused' }),
        ]),
      },
    });
  });
});
