import { existsSync, readFileSync } from 'node:fs';
import { chmod, symlink, writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { Repo } from '../../rig/git.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { expectSound, pictureOf } from '../evidence.ts';

/** Work in every place where git can have it: commits, index, changed, untracked and ignored files, links, modes. */
const work = async (repo: Repo) => {
  await repo.commit('Local work', { 'local.txt': 'local\n' });
  await repo.write('.git/info/exclude', 'build/\n');
  await repo.write('src/staged.txt', 'staged\n');
  await repo.git('add', 'src/staged.txt');
  await repo.write('src/staged.txt', 'staged and changed again\n');
  await repo.write('README.md', 'changed\n');
  await repo.write('notes/two words\nand lines.txt', 'untracked\n');
  await repo.write('run.sh', '#!/bin/sh\n');
  await chmod(repo.path('run.sh'), 0o755);
  await symlink('nowhere', repo.path('dangling'));
  await repo.write('build/output.bin', 'ignored\n');
};

import { succeed } from '../succeed.ts';

describe('reset and undo', () => {
  test('bring back everything: commits, index, changed and untracked files', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'behind' });
    const repo = workspace.repo('api');
    await work(repo);
    const before = await pictureOf(repo);

    await succeed(world, ['repo', 'reset', 'api', '--yes']);
    expect(await repo.oid()).toBe(await workspace.remote('api').oid('main'));
    const after = await pictureOf(repo);

    expect((await succeed(world, ['undo'])).stderr).toContain('activity 2 done, gantry redo 2\n');
    expect(await pictureOf(repo)).toEqual(before);
    await succeed(world, ['redo']);
    expect(await pictureOf(repo)).toEqual(after);
    expect((await world.gantry(['redo'])).stderr).toContain('There is nothing to take back.');
    await succeed(world, ['undo', '1']);
    expect(await pictureOf(repo)).toEqual(before);
    await expectSound(repo);
  });

  test('over many repos is one activity and one undo', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'dirty', web: 'untracked', site: 'diverged' });
    const pictures = () => Promise.all(workspace.names.map((name) => pictureOf(workspace.repo(name))));
    const before = await pictures();
    await world.gantry(['repo', 'reset', '--all', '--yes']);
    expect(await pictures()).not.toEqual(before);
    await succeed(world, ['undo', '1']);
    expect(await pictures()).toEqual(before);
  });

  test('an ignored file stays where it is, also where the reset takes the rule that ignores it', async ({
    world,
  }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const repo = workspace.repo('api');
    await repo.commit('Ignore what is built', { '.gitignore': 'build/\ndeep/*\n' });
    await repo.write('build/output.bin', 'ignored\n');
    await repo.write('deep/er/output.bin', 'ignored\n');
    await repo.write('deep/er/.gitignore', '!output.bin\n');
    const before = await pictureOf(repo);
    await succeed(world, ['repo', 'reset', 'api', '--yes']);
    const after = await pictureOf(repo);
    await succeed(world, ['undo']);
    expect(await pictureOf(repo)).toEqual(before);
    await succeed(world, ['redo']);
    expect(await pictureOf(repo)).toEqual(after);
  });

  test('an ignored file stays where it is, also where the undo takes the rule that ignores it', async ({
    world,
  }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const repo = workspace.repo('api');
    await repo.commit('Ignore what is built', { '.gitignore': 'build/\n' });
    await repo.git('push');
    await repo.git('reset', '--hard', '--quiet', 'HEAD~1');
    await repo.write('untracked.txt', 'mine\n');
    const before = await pictureOf(repo);
    await succeed(world, ['repo', 'reset', 'api', '--yes']);
    await repo.write('build/output.bin', 'ignored now\n');
    await succeed(world, ['undo']);
    const { 'build/output.bin': built, ...files } = (await pictureOf(repo)).files;
    expect({ ...before, files }).toEqual(before);
    expect(built).toBeDefined();
  });

  test('undo refuses where the repo has moved since, and says what moved', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'dirty' });
    await world.gantry(['repo', 'reset', 'api', '--yes']);
    await workspace.repo('api').commit('Later work', { 'later.txt': 'later\n' });
    const before = await pictureOf(workspace.repo('api'));
    const { code, stderr } = await world.gantry(['undo', '1']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: api: the commit of HEAD is [0-9a-f]{40}, not [0-9a-f]{40}\.$/m);
    expect(await pictureOf(workspace.repo('api'))).toEqual(before);
  });

  test('a reset in the middle of a merge keeps the merge for undo', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'conflicted' });
    const repo = workspace.repo('api');
    await repo.git('branch', '--set-upstream-to', 'origin/main');
    const before = {
      picture: await pictureOf(repo),
      status: await repo.git('status', '--porcelain=v2', '--branch'),
    };
    await world.gantry(['repo', 'reset', 'api', '--yes']);
    expect(await repo.git('status', '--porcelain')).toBe('');
    await succeed(world, ['undo']);
    expect(await pictureOf(repo)).toEqual(before.picture);
    expect(await repo.git('status', '--porcelain=v2', '--branch')).toBe(before.status);
    expect(await repo.git('rev-parse', '--verify', 'MERGE_HEAD')).toMatch(/^[0-9a-f]{40}$/);
  });
});

test('deleted untracked and ignored files come back with undo, names and modes included', async ({
  world,
}) => {
  const workspace = await createWorkspace(world, { api: 'clean' });
  const repo = workspace.repo('api');
  await work(repo);
  const before = await pictureOf(repo);
  await succeed(world, ['repo', 'clean', 'api', '--ignored', '--yes']);
  expect(await repo.git('status', '--porcelain', '--ignored', '--untracked-files=all')).not.toMatch(
    /^(\?\?|!!)/m,
  );
  await succeed(world, ['undo']);
  expect(await pictureOf(repo)).toEqual(before);
});

test('a file that the reset overwrites comes back with undo, though git never knew it', async ({ world }) => {
  const workspace = await createWorkspace(world, { api: 'behind' });
  const repo = workspace.repo('api');
  await repo.write('others.txt', 'mine, and not theirs\n');
  const before = await pictureOf(repo);
  await succeed(world, ['repo', 'reset', 'api', '--yes']);
  expect(await pictureOf(repo)).not.toEqual(before);
  await succeed(world, ['undo']);
  expect(await pictureOf(repo)).toEqual(before);
});

test('a pull is undone by id, and other repos stay as they are', async ({ world }) => {
  const workspace = await createWorkspace(world, { api: 'behind', web: 'behind' });
  const before = await workspace.repo('api').oid();
  await world.gantry(['repo', 'pull', 'api']);
  await world.gantry(['repo', 'pull', 'web']);
  await succeed(world, ['undo', '1']);
  expect(await workspace.repo('api').oid()).toBe(before);
  expect(await workspace.repo('web').oid()).toBe(await workspace.remote('web').oid('main'));
  const again = await world.gantry(['undo', '1']);
  expect(again.code).toBe(2);
  expect(again.stderr).toContain('error: Activity 1 was taken back by 3.');
});

test('a removed worktree comes back, goes again with redo, and comes back once more', async ({ world }) => {
  const workspace = await createWorkspace(world, { api: 'clean' });
  await succeed(world, ['worktree', 'add', 'login']);
  const notes = workspace.path('.worktrees', 'login', 'api', 'notes.txt');
  await writeFile(notes, 'ignored by nobody\n');
  await succeed(world, ['worktree', 'remove', 'login', '--force', '--yes']);
  await succeed(world, ['undo', '--yes']);
  await succeed(world, ['redo', '--yes']);
  expect(existsSync(notes)).toBe(false);
  await succeed(world, ['undo', '--yes']);
  expect(readFileSync(notes, 'utf8')).toBe('ignored by nobody\n');
  expect(await workspace.repo('api').git('branch', '--list', 'login')).toContain('login');
});

test('where nothing was done, undo says so', async ({ world }) => {
  await createWorkspace(world, { api: 'clean' });
  const { code, stderr } = await world.gantry(['undo']);
  expect(code).toBe(2);
  expect(stderr).toContain('error: There is nothing to take back.');
});

describe('an undo that could bring back only some', () => {
  test('leaves the rest to the next one, and then the activity is taken back', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'dirty', web: 'dirty' });
    await succeed(world, ['repo', 'fetch', 'api']);
    const before = await pictureOf(workspace.repo('web'));
    await succeed(world, ['repo', 'reset', 'api', 'web', '--yes']);
    await workspace.repo('web').commit('In between');
    const { code, stderr } = await world.gantry(['undo', '2']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: web: the commit of HEAD is [0-9a-f]{40}, not [0-9a-f]{40}\.$/m);

    await workspace.repo('web').git('reset', '--hard', '--quiet', 'HEAD~1');
    await succeed(world, ['undo', '2']);
    expect(await pictureOf(workspace.repo('web'))).toEqual(before);
    expect((await world.gantry(['undo', '2'])).stderr).toContain('error: Activity 2 was taken back by 4.');
  });

  test('is no obstacle to older ones once its snapshots are gone', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'behind', web: 'dirty' });
    const before = await workspace.repo('api').oid();
    await succeed(world, ['repo', 'pull', 'api']);
    await succeed(world, ['repo', 'reset', 'web', '--yes']);
    await succeed(world, ['undo', 'prune', '--all', '--yes']);
    const { stderr } = await world.gantry(['undo', '2']);
    expect(stderr).toMatch(/^error: web: the snapshot [0-9a-f]{10} is gone, not kept\.$/m);
    await succeed(world, ['undo']);
    expect(await workspace.repo('api').oid()).toBe(before);
  });
});

test('what was done to the daemon is not what the newest undo of a workspace takes back', async ({
  world,
}) => {
  const workspace = await createWorkspace(world, { api: 'behind' });
  const before = await workspace.repo('api').oid();
  await succeed(world, ['repo', 'pull', 'api']);
  await succeed(world, ['daemon', 'start']);
  await succeed(world, ['daemon', 'stop']);
  await succeed(world, ['undo']);
  expect(await workspace.repo('api').oid()).toBe(before);
});
