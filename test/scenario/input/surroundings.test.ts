import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { expectSound, pictureOf } from '../evidence.ts';
import { deadRemote } from '../remotes.ts';
import { expectOneError } from '../told.ts';

/** A PATH with what the launcher needs, and no git. */
const pathWithoutGit = async (world: World) => {
  const tools = world.path('tools');
  await mkdir(tools);
  for (const name of ['sh', 'readlink', 'mkdir']) {
    const { stdout } = await world.run('sh', ['-c', `command -v ${name}`]);
    await symlink(stdout.trim(), join(tools, name));
  }
  return tools;
};

import { succeed } from '../succeed.ts';

describe('without git', () => {
  test('what needs it says how to install it', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const finished = await world.gantry(['workspace', 'sync'], {
      env: { PATH: await pathWithoutGit(world) },
    });
    expect(finished.code).toBe(3);
    expect(finished.stderr).toContain('error: git was not found on this machine.');
    expect(finished.stderr).toMatch(/next: .*install.* git/);
    expectOneError(finished);
  });

  test('what does not need it works', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const { code, stdout } = await world.gantry(['activity', 'list'], {
      env: { PATH: await pathWithoutGit(world) },
    });
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'no activities\n' });
  });
});

describe('a remote', () => {
  test('that can not be reached leaves the other repos to go on', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'dirty', web: 'behind' });
    const api = workspace.repo('api');
    await api.git('remote', 'set-url', 'origin', await deadRemote());
    const before = await pictureOf(api);
    const finished = await world.gantry(['workspace', 'sync']);
    expect(finished.code).toBe(7);
    expect(finished.stdout).toMatch(/^api +skipped|^api +failed/m);
    expect(finished.stdout).toMatch(/^web +done +1 commit/m);
    expectOneError(finished);
    expect(await pictureOf(api)).toEqual(before);
  });

  test('that is gone says so', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    await rm(workspace.remote('api').dir, { recursive: true });
    const finished = await world.gantry(['workspace', 'sync']);
    expect(finished.code).toBe(7);
    expect(finished.stderr).toContain('does not appear to be a git repository');
    expectOneError(finished);
  });

  test('from which a clone fails leaves nothing half done, and the next sync clones it', async ({
    world,
  }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const hidden = `${workspace.remote('api').dir}.hidden`;
    await rm(workspace.path('api'), { recursive: true });
    await world.run('mv', [workspace.remote('api').dir, hidden]);
    const finished = await world.gantry(['workspace', 'sync']);
    expect(finished.code).toBe(7);
    expectOneError(finished);
    await world.run('mv', [hidden, workspace.remote('api').dir]);
    await succeed(world, ['workspace', 'sync']);
    expect(await workspace.repo('api').oid()).toBe(await workspace.remote('api').oid('main'));
  });
});

describe('a directory', () => {
  test('that is no repo is told, and left as it is', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean', web: 'behind' });
    await rm(workspace.path('api'), { recursive: true });
    await mkdir(workspace.path('api'));
    await writeFile(workspace.path('api', 'mine.txt'), 'mine\n');
    const finished = await world.gantry(['repo', 'pull']);
    expect(finished.code).not.toBe(0);
    expect(finished.stderr).toMatch(/no git repository/);
    expectOneError(finished);
    expect((await world.run('cat', [workspace.path('api', 'mine.txt')])).stdout).toBe('mine\n');
    expect(await workspace.repo('web').oid()).toBe(await workspace.remote('web').oid('main'));
  });

  test('that is occupied is not cloned over', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    await rm(workspace.path('api'), { recursive: true });
    await mkdir(workspace.path('api'));
    await writeFile(workspace.path('api', 'mine.txt'), 'mine\n');
    const finished = await world.gantry(['workspace', 'sync']);
    expect(finished.code).not.toBe(0);
    expectOneError(finished);
    expect((await world.run('ls', ['-A', workspace.path('api')])).stdout).toBe('mine.txt\n');
  });

  test('that is no workspace is told', async ({ world }) => {
    const finished = await world.gantry(['workspace', 'status', '--workspace', world.path('home')]);
    expect(finished.code).toBe(4);
    expect(finished.stderr).toContain(`error: There is no workspace at ${world.path('home')}.`);
    expectOneError(finished);
  });

  test('whose repository is broken is told, and left for a person', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean', web: 'behind' });
    await writeFile(workspace.path('api', '.git', 'HEAD'), 'ref: nonsense\n');
    const finished = await world.gantry(['workspace', 'sync']);
    expect(finished.code).toBe(3);
    expectOneError(finished);
    expect(await workspace.repo('web').oid()).toBe(await workspace.remote('web').oid('main'));
  });
});

describe('a lock that a dead git has left', () => {
  test('is told with its age and the command that removes it, and is not removed', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'behind' });
    const lock = workspace.path('api', '.git', 'index.lock');
    await writeFile(lock, '');
    const finished = await world.gantry(['workspace', 'sync']);
    expect(finished.code).toBe(3);
    expect(finished.stderr).toMatch(new RegExp(`error: ${lock} is in the way: \\d+ s old`));
    expect(finished.stderr).toContain(`rm -- ${lock}`);
    expectOneError(finished);
    await rm(lock);
    await succeed(world, ['workspace', 'sync']);
    await expectSound(workspace.repo('api'));
  });
});
