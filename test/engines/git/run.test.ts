import { readdirSync, statSync } from 'node:fs';
import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { failureOf } from '../../../src/engines/core/errors.ts';
import { git } from '../../../src/engines/git/run.ts';
import { testContext } from '../../rig/context.ts';
import { gitFaults } from '../../rig/faults.ts';
import { createRepo } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';

const failureFrom = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable('it did not fail'),
    (thrown: unknown) => failureOf(thrown),
  );

const apiIn = (world: World) => createRepo(world, world.path('work', 'api'));

describe('one git', () => {
  test('gives what git wrote', async ({ world }) => {
    const { dir } = await apiIn(world);
    const output = await git(testContext(world), {
      cwd: dir,
      mode: 'read',
      args: ['rev-parse', '--show-toplevel'],
    });
    expect(output).toEqual({ stdout: `${dir}\n`, stderr: '', exitCode: 0 });
  });

  test('answers with an exit code that the caller expects, and fails with any other', async ({ world }) => {
    const { dir } = await apiIn(world);
    const call = {
      cwd: dir,
      mode: 'read',
      args: ['rev-parse', '--verify', '--quiet', 'refs/heads/none'],
    } as const;
    expect((await git(testContext(world), { ...call, answers: [0, 1] })).exitCode).toBe(1);
    const failure = await failureFrom(git(testContext(world), call));
    expect(failure).toMatchObject({ code: 'git-failed', exit: 'git', details: { exitCode: 1, cwd: dir } });
  });

  test('is not led astray by the variables of a hook that it runs in', async ({ world }) => {
    const { dir } = await apiIn(world);
    const other = await createRepo(world, world.path('work', 'other'));
    const env = { ...world.env, GIT_DIR: other.path('.git'), GIT_INDEX_FILE: other.path('.git', 'index') };
    const output = await git(testContext(world, { env }), {
      cwd: dir,
      mode: 'read',
      args: ['rev-parse', '--absolute-git-dir'],
    });
    expect(output.stdout).toBe(`${dir}/.git\n`);
  });

  test('tells what it runs when it changes something, and nothing when it reads', async ({ world }) => {
    const { dir } = await apiIn(world);
    const context = testContext(world);
    await git(context, { cwd: dir, mode: 'background', args: ['status'] });
    await git(context, { cwd: dir, mode: 'write', target: 'api', args: ['config', 'user.name', 'Ada'] });
    expect(context.reports).toEqual([
      { kind: 'command', target: 'api', argv: ['git', 'config', 'user.name', 'Ada'], cwd: dir },
    ]);
  });

  test("in the background leaves the index as it is, where a person's status would renew it", async ({
    world,
  }) => {
    const repo = await apiIn(world);
    await repo.commit('Begin', { 'a.txt': 'a' });
    await rm(repo.path('a.txt'));
    await writeFile(repo.path('a.txt'), 'a');
    const index = () => statSync(repo.path('.git', 'index')).ino;
    const before = index();
    await git(testContext(world), { cwd: repo.dir, mode: 'background', args: ['status'] });
    expect(index()).toBe(before);
    await git(testContext(world), { cwd: repo.dir, mode: 'read', args: ['status'] });
    expect(index()).not.toBe(before);
  });

  test('in the background runs no monitor that the repository configures', async ({ world }) => {
    const repo = await apiIn(world);
    await writeFile(world.path('monitor'), `#!/bin/sh\ntouch ${world.path('owned')}\n`, { mode: 0o755 });
    await repo.git('config', 'core.fsmonitor', world.path('monitor'));
    await git(testContext(world), { cwd: repo.dir, mode: 'background', args: ['status'] });
    expect(readdirSync(world.dir)).not.toContain('owned');
  });

  test('runs only so many at once', async ({ world }) => {
    const repo = await apiIn(world);
    const context = testContext(world);
    const count = `!n=$(ls ${world.path('tmp')} | wc -l); touch ${world.path('tmp')}/$$; sleep 0.05; ls ${world.path('tmp')} | wc -l; rm ${world.path('tmp')}/$$`;
    const outputs = await Promise.all(
      Array.from({ length: 12 }, () =>
        git(context, { cwd: repo.dir, mode: 'read', args: ['-c', `alias.count=${count}`, 'count'] }),
      ),
    );
    const most = Math.max(...outputs.map(({ stdout }) => Number(stdout)));
    expect(most).toBeLessThanOrEqual((await import('node:os')).availableParallelism());
  });
});

describe('a git that fails', () => {
  test('because there is no git says what to install', async ({ world }) => {
    const { dir } = await apiIn(world);
    const env = { ...world.env, PATH: world.path('tmp') };
    const failure = await failureFrom(
      git(testContext(world, { env }), { cwd: dir, mode: 'read', args: ['status'] }),
    );
    expect(failure).toMatchObject({ code: 'git-missing', exit: 'git' });
    expect(failure?.next).not.toEqual([]);
  });

  test('because the directory is gone says that', async ({ world }) => {
    const cwd = world.path('work', 'gone');
    const failure = await failureFrom(git(testContext(world), { cwd, mode: 'read', args: ['status'] }));
    expect(failure).toMatchObject({ code: 'directory-missing', message: `There is no directory ${cwd}.` });
  });

  test('because the directory is no repository says that', async ({ world }) => {
    await mkdir(world.path('work', 'plain'));
    const failure = await failureFrom(
      git(testContext(world), { cwd: world.path('work', 'plain'), mode: 'read', args: ['status'] }),
    );
    expect(failure?.code).toBe('not-a-repo');
  });

  test('because the remote is not there is a failure of the network', async ({ world }) => {
    const { dir } = await apiIn(world);
    const context = testContext(world);
    const failures = await Promise.all(
      [world.path('remotes', 'none.git'), 'http://127.0.0.1:1/none.git', 'git://127.0.0.1:1/none'].map(
        (url) => failureFrom(git(context, { cwd: dir, mode: 'network', args: ['fetch', '--', url] })),
      ),
    );
    expect(failures.map((failure) => failure?.code)).toEqual([
      'remote-not-found',
      'remote-unreachable',
      'remote-unreachable',
    ]);
    expect(failures.every((failure) => failure?.exit === 'network')).toBe(true);
  });

  test('because the disk is full has a code of its own', async ({ world }) => {
    const repo = await apiIn(world);
    const full = await failureFrom(
      git(testContext(world), {
        cwd: repo.dir,
        mode: 'read',
        args: ['-c', 'alias.full=!git version >/dev/full', 'full'],
      }),
    );
    expect(full?.code).toBe('disk-full');
  });
});

describe('a lock in the way', () => {
  test('that another git lets go of in time is waited for', async ({ world }) => {
    const repo = await apiIn(world);
    await repo.write('a.txt');
    await writeFile(repo.path('.git', 'index.lock'), '');
    const faults = await gitFaults(world);
    const added = git(testContext(world), { cwd: repo.dir, mode: 'write', args: ['add', '--all'] });
    await expect.poll(async () => (await faults.calls()).length).toBeGreaterThan(1);
    await rm(repo.path('.git', 'index.lock'));
    expect((await added).exitCode).toBe(0);
  });

  test('that stays is named with its age and its holder, and is left alone', async ({ world }) => {
    const repo = await apiIn(world);
    const lock = repo.path('.git', 'index.lock');
    await using _held = await open(lock, 'wx');
    const failure = await failureFrom(
      git(testContext(world, { now: () => Date.now() + 60_000 }), {
        cwd: repo.dir,
        mode: 'write',
        args: ['add', '--all'],
      }),
    );
    expect(failure).toMatchObject({ code: 'git-locked', details: { lock, pid: process.pid } });
    expect(failure?.message).toMatch(/6\d s old/);
    expect(readdirSync(repo.path('.git'))).toContain('index.lock');
  });

  test('that nobody holds is explained with the command that removes it', async ({ world }) => {
    const repo = await apiIn(world);
    const lock = repo.path('.git', 'index.lock');
    await writeFile(lock, '');
    const failure = await failureFrom(
      git(testContext(world), { cwd: repo.dir, mode: 'write', args: ['add', '--all'] }),
    );
    expect(failure?.next?.join('\n')).toContain(`rm -- ${lock}`);
  });
});

describe('cancelling', () => {
  const slow = (world: World) =>
    `alias.slow=!touch ${world.path('begun')}; sleep 0.3; touch ${world.path('ended')}`;

  async function cancelOnceBegun(world: World, mode: 'read' | 'write' | 'network') {
    const { dir } = await apiIn(world);
    const controller = new AbortController();
    const running = git(testContext(world, { signal: controller.signal }), {
      cwd: dir,
      mode,
      args: ['-c', slow(world), 'slow'],
    });
    await expect.poll(() => readdirSync(world.dir)).toContain('begun');
    controller.abort();
    return running;
  }

  test('ends a git that reads', async ({ world }) => {
    const failure = await failureFrom(cancelOnceBegun(world, 'read'));
    expect(failure?.code).toBe('cancelled');
  });

  test('ends a git that speaks to a remote, together with what it started', async ({ world }) => {
    const failure = await failureFrom(cancelOnceBegun(world, 'network'));
    expect(failure?.code).toBe('cancelled');
    expect(world.processes()).toEqual([]);
  });

  test('lets a git that writes run to its end', async ({ world }) => {
    expect((await cancelOnceBegun(world, 'write')).exitCode).toBe(0);
    expect(readdirSync(world.dir)).toContain('ended');
  });

  test('before the turn of a git comes never begins it', async ({ world }) => {
    const { dir } = await apiIn(world);
    const context = testContext(world, { signal: AbortSignal.abort() });
    const failure = await failureFrom(
      git(context, { cwd: dir, mode: 'write', args: ['config', 'user.name', 'Ada'] }),
    );
    expect(failure?.code).toBe('cancelled');
    expect(context.reports).toEqual([]);
  });
});
