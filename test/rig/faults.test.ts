import { writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { type Fault, gitFaults, instants } from './faults.ts';
import { createRepo } from './git.ts';
import type { World } from './home.ts';
import { test } from './test.ts';

const prepare = async (world: World, ...armed: Fault[]) => {
  const repo = await createRepo(world, world.path('work'));
  const faults = await gitFaults(world);
  await faults.arm(...armed);
  const shell = (script: string) => world.run('sh', ['-c', script]);
  return { repo, faults, shell };
};

describe('the git in front of git', () => {
  test('passes input, output and exit code on', async ({ world }) => {
    const { faults } = await prepare(world);
    const hashed = await world.run('git', ['hash-object', '--stdin'], { input: 'content\n' });
    expect(hashed).toMatchObject({
      code: 0,
      stdout: 'd95f3ad14dee633a758d2e331151e950dd13e4ed\n',
      stderr: '',
    });
    expect((await world.run('git', ['rev-parse', '--verify', 'nowhere'])).code).toBe(128);
    expect((await faults.calls()).map(({ args }) => args[0])).toEqual(['hash-object', 'rev-parse']);
  });

  test('records each call to the byte', async ({ world }) => {
    const { faults } = await prepare(world);
    const args = ['config', 'a.b', 'two\nlines and a "quote"'];
    await world.run('git', args);
    await world.run('git', ['log', '', '--', '-rf']);
    const calls = await faults.calls();
    expect(calls.map((call) => call.args)).toEqual([args, ['log', '', '--', '-rf']]);
    expect(calls[0]).toMatchObject({ number: 1, cwd: world.path('work') });
  });

  test('loses no call and no number when many run at once', async ({ world }) => {
    const { faults, shell } = await prepare(world);
    await shell('for i in 1 2 3 4 5 6 7 8 9 10 11 12; do git version & done; wait');
    const calls = await faults.calls();
    expect(calls.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(new Set(calls.map(({ pid }) => pid)).size).toBe(12);
  });

  test('knows how many ran at once', async ({ world }) => {
    const { faults, shell } = await prepare(world);
    await shell('git version; git version');
    expect(await faults.concurrency()).toBe(1);
    await faults.forget();
    const both = [world.start('git', ['cat-file', '--batch']), world.start('git', ['cat-file', '--batch'])];
    for (const git of both) git.write('HEAD\n');
    for (const git of both) await git.waitFor(/HEAD missing/);
    for (const git of both) git.end();
    for (const git of both) await git.exit;
    expect(await faults.concurrency()).toBe(2);
  });

  test('passes a request to stop on to the real git', async ({ world }) => {
    const { faults } = await prepare(world);
    const waiting = world.start('git', ['cat-file', '--batch']);
    waiting.write('HEAD\n');
    await waiting.waitFor(/HEAD missing/);
    expect((await waiting.stop('SIGTERM')).code).toBe(143);
    expect(world.processes()).toEqual([]);
    expect(await faults.fired()).toEqual([]);
  });
});

describe('a fault', () => {
  test('makes the nth matching git fail as it is told', async ({ world }) => {
    const { faults, shell } = await prepare(world, {
      match: 'version*',
      nth: 2,
      fail: 128,
      stderr: "fatal: it's full\n",
    });
    const { stdout, stderr } = await shell(
      'git version; echo $?; git status -s; git version; echo $?; git version',
    );
    expect(stdout.replaceAll(/git version .*/g, 'version')).toBe('version\n0\n128\nversion\n');
    expect(stderr).toBe("fatal: it's full\n");
    expect(await faults.fired()).toEqual([0]);
  });

  test('can strike each time', async ({ world }) => {
    const { shell } = await prepare(world, { match: 'fetch *', nth: 'every', fail: 1 });
    expect((await shell('git fetch x; echo $?; git fetch y; echo $?')).stdout).toBe('1\n1\n');
  });

  test('kills the caller before git has run', async ({ world }) => {
    const { repo, shell } = await prepare(world, { match: 'commit*', kill: 'caller', when: 'before' });
    expect(await shell('git commit -q --allow-empty -m x; echo survived')).toMatchObject({
      signal: 'SIGKILL',
      stdout: '',
    });
    expect((await repo.tryGit('rev-parse', '--verify', 'HEAD')).code).not.toBe(0);
  });

  test('kills the caller after git has done its work', async ({ world }) => {
    const { repo, shell } = await prepare(world, { match: 'commit*', kill: 'caller', when: 'after' });
    expect(await shell('git commit -q --allow-empty -m x; echo survived')).toMatchObject({
      signal: 'SIGKILL',
      stdout: '',
    });
    expect(await repo.git('rev-list', '--count', 'HEAD')).toBe('1');
  });

  test('kills the group, git included, while git runs', async ({ world }) => {
    const { shell } = await prepare(world, { match: '* --batch', kill: 'group', when: { during: 5 } });
    const { signal } = await shell('mkfifo never; git cat-file --batch < never & exec 3> never; sleep 600');
    expect(signal).toBe('SIGKILL');
    expect(world.processes()).toEqual([]);
  });

  test('strikes at the latest when git ends', async ({ world }) => {
    const { shell } = await prepare(world, { kill: 'caller', when: { during: 600_000 } });
    expect(await shell('git version; echo survived')).toMatchObject({ signal: 'SIGKILL' });
    expect(world.processes()).toEqual([]);
  });

  test('kills whoever a file names', async ({ world }) => {
    const victim = world.start('sleep', ['600']);
    await writeFile(world.path('victim'), `${victim.pid}\n`);
    const { shell } = await prepare(world, { kill: { pidFile: world.path('victim') }, when: 'after' });
    expect((await shell('git version > /dev/null; echo survived')).stdout).toBe('survived\n');
    expect((await victim.exit).signal).toBe('SIGKILL');
  });

  test('never kills the group of the tests, nor the first process', async ({ world }) => {
    await writeFile(world.path('victim'), '1\n');
    const { shell } = await prepare(world, { kill: { pidFile: world.path('victim') }, when: 'before' });
    expect((await shell('git version; echo survived')).stderr).toBe('git fault: refuses to kill 1\n');
  });

  test('is gone when disarmed', async ({ world }) => {
    const { faults, shell } = await prepare(world, { nth: 'every', fail: 1 });
    await faults.disarm();
    expect((await shell('git version > /dev/null; echo $?')).stdout).toBe('0\n');
  });
});

describe('instants', () => {
  test('are the same for the same seed, and within their bounds', () => {
    const drawn = instants(7, { count: 50, calls: 9, longest: 30 });
    expect(drawn).toEqual(instants(7, { count: 50, calls: 9, longest: 30 }));
    expect(drawn).not.toEqual(instants(8, { count: 50, calls: 9, longest: 30 }));
    for (const { nth, during } of drawn) {
      expect(nth).toBeGreaterThanOrEqual(1);
      expect(nth).toBeLessThanOrEqual(9);
      expect(during).toBeLessThan(30);
    }
  });
});
