import { chmodSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { failureOf } from '#engines/core/errors.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import { signalTo } from '../../rig/process.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { caller, clientArgs, filesOf, reach, statusOf } from './client.ts';

const failure = (work: Promise<unknown>) => work.then(() => undefined, failureOf);

describe('given no daemon', () => {
  test('when ten clients of one process come at once, then one daemon serves them all', async ({ world }) => {
    const hosts = await Promise.all(Array.from({ length: 10 }, () => reach(world)));

    const status = await statusOf(world);
    expect(new Set(hosts.map((host) => host.pid))).toEqual(new Set([status.pid]));
    expect(status).toMatchObject({ running: true, state: 'serving', version: '1.0.0', clients: 10 });
  });

  test('when ten processes come at once, then one daemon serves them all', async ({ world }) => {
    const runs = Array.from({ length: 10 }, () => world.run(process.execPath, clientArgs('daemon')));
    const said = await Promise.all(runs);

    const pids = said.map((one) => one.json<{ pid: number }>() as unknown as { pid: number });
    expect(new Set(pids.map(({ pid }) => pid))).toEqual(new Set([(await statusOf(world)).pid]));
    expect(world.processes().filter(({ argv }) => argv.includes('run'))).toHaveLength(1);
  });

  test('then its status says so, and where it would listen', async ({ world }) => {
    expect(await statusOf(world)).toEqual({
      running: false,
      socket: world.path('run', 'gantry', 'daemon.sock'),
    });
  });

  test('when it starts, then socket and directories are closed to everybody else', async ({ world }) => {
    await reach(world);

    const { socket, lock, log } = filesOf(world);
    expect(statSync(socket).mode & 0o777).toBe(0o600);
    expect(statSync(world.path('run', 'gantry')).mode & 0o777).toBe(0o700);
    expect(statSync(log).mode & 0o777).toBe(0o600);
    expect(existsSync(lock)).toBe(true);
  });

  test('when its program fails, then the failure repeats its last words', async ({ world }) => {
    const broken = { command: 'sh', args: ['-c', 'echo first; echo "no such thing" >&2; exit 3'] };

    expect(await failure(reach(world, { launch: broken }))).toMatchObject({
      code: 'daemon-start-failed',
      message: 'The daemon did not start: no such thing',
    });
  });

  test('when its program is missing, then that is one clear failure', async ({ world }) => {
    const missing = { command: world.path('no-such-program'), args: [] };

    expect(await failure(reach(world, { launch: missing }))).toMatchObject({ code: 'daemon-start-failed' });
  });

  test('when the home is so deep that no socket fits, then a shorter path serves', async ({ world }) => {
    const deep = world.path('run', 'd'.repeat(100));
    world.env.XDG_RUNTIME_DIR = deep;
    world.defer(() => rmSync(filesOf(world).socket, { force: true }));

    const host = await reach(world);

    expect(await statusOf(world)).toMatchObject({ running: true, pid: host.pid });
    expect(filesOf(world).socket).toMatch(/^\/tmp\/gantry-\d+\/[0-9a-f]{16}\.daemon\.sock$/);
  });
});

describe('given a daemon that was killed', () => {
  test('when a client comes, then the socket that it left does not stop another one', async ({ world }) => {
    const { pid, closed } = await reach(world);
    signalTo(pid, 'SIGKILL');
    await closed;
    const { socket, record } = filesOf(world);
    const askpass = world.path('run', 'gantry', `askpass.${pid}.sock`);
    expect([socket, record, askpass].every((file) => existsSync(file))).toBe(true);

    const host = await reach(world);

    expect(host.pid).not.toBe(pid);
    expect(await statusOf(world)).toMatchObject({ running: true, pid: host.pid });
    expect(existsSync(askpass)).toBe(false);
  });

  test('when ten clients come at once, then one daemon serves them all', async ({ world }) => {
    const { pid, closed } = await reach(world);
    signalTo(pid, 'SIGKILL');
    await closed;

    const hosts = await Promise.all(Array.from({ length: 10 }, () => reach(world)));

    expect(new Set(hosts.map((host) => host.pid))).toEqual(new Set([(await statusOf(world)).pid]));
  });

  test('when something else stands where its socket was, then that does not stop another one', async ({
    world,
  }) => {
    mkdirSync(pathsFrom(world.env).runtime);
    writeFileSync(filesOf(world).socket, '');

    const host = await reach(world);

    expect((await statusOf(world)).pid).toBe(host.pid);
  });
});

describe('given a daemon of the same version', () => {
  test('when it is of another build, then one of the new build takes its place', async ({ world }) => {
    world.env.FIXTURE_BUILD = 'one';
    const old = await reach(world, { build: 'one' });
    world.env.FIXTURE_BUILD = 'two';
    const fresh = await reach(world, { build: 'two' });

    expect(fresh).toMatchObject({ version: '1.0.0', build: 'two' });
    expect(fresh.pid).not.toBe(old.pid);
    expect(await statusOf(world)).toMatchObject({ pid: fresh.pid, build: 'two' });
    const still = await old.invoke({ action: 'caller.show', input: {} }, caller(world));
    expect(still).toMatchObject({ kind: 'data' });
  });

  test.for([['one'], [undefined]])(
    'when a client of the build %s comes, then it goes on serving',
    async ([build], { world }) => {
      world.env.FIXTURE_BUILD = 'one';
      const [first, second] = [await reach(world, { build: 'one' }), await reach(world, { build })];
      expect(second.pid).toBe(first.pid);
    },
  );

  test('then what it starts does not know by which name it was called', async ({ world }) => {
    world.env.GANTRY_CALLED_AS = 'other';
    const host = await reach(world);
    const shown = await host.invoke({ action: 'world.show', input: {} }, caller(world));
    expect(shown).toMatchObject({ kind: 'data', data: { home: world.env.HOME, calledAs: null } });
  });
});

describe('given an older daemon', () => {
  test('when a newer client comes, then a new one serves it and the old one finishes its work', async ({
    world,
  }) => {
    world.env.FIXTURE_VERSION = '0.9.0';
    const old = await reach(world, { version: '0.9.0' });
    const go = world.path('work', 'go');
    const working = old.invoke(
      { action: 'work.do', input: { until: go, done: world.path('work', 'done') } },
      caller(world),
    );
    await until(async () => (await statusOf(world)).activities?.[0]?.activity, { what: 'the work to begin' });

    world.env.FIXTURE_VERSION = '1.0.0';
    const fresh = await reach(world);
    expect(fresh).toMatchObject({ version: '1.0.0' });
    expect(fresh.pid).not.toBe(old.pid);
    expect(await statusOf(world)).toMatchObject({ pid: fresh.pid, activities: [] });
    const still = await old.invoke({ action: 'caller.show', input: {} }, caller(world));
    expect(still).toMatchObject({ kind: 'data' });

    writeFileSync(go, '');
    expect(await working).toEqual({ kind: 'data', data: '1' });
    await old.close();
    await until(() => !signalTo(old.pid, 0), { what: 'the old daemon to end' });
    expect(await statusOf(world)).toMatchObject({ running: true, pid: fresh.pid });
  });

  test('when newer clients come at once, then one new daemon serves them all', async ({ world }) => {
    world.env.FIXTURE_VERSION = '0.9.0';
    const old = await reach(world, { version: '0.9.0' });
    world.env.FIXTURE_VERSION = '1.0.0';

    const hosts = await Promise.all(Array.from({ length: 5 }, () => reach(world)));

    expect(new Set(hosts.map((host) => host.pid)).size).toBe(1);
    expect(hosts[0]?.pid).not.toBe(old.pid);
  });
});

test('given a program on disk that is older than a client, when that client comes, then it makes do', async ({
  world,
}) => {
  world.env.FIXTURE_VERSION = '0.8.0';
  const old = await reach(world, { version: '0.8.0' });

  const host = await reach(world);

  expect(host).toMatchObject({ version: '0.8.0' });
  expect(host.pid).not.toBe(old.pid);
});

test('given a newer daemon, when an older client comes, then it is served', async ({ world }) => {
  world.env.FIXTURE_VERSION = '2.0.0';
  const newer = await reach(world, { version: '2.0.0' });

  expect(await reach(world)).toMatchObject({ version: '2.0.0', pid: newer.pid });
});

test('given a directory that others may enter, when a daemon starts, then it is closed first', async ({
  world,
}) => {
  mkdirSync(pathsFrom(world.env).runtime);
  chmodSync(pathsFrom(world.env).runtime, 0o777);

  await reach(world);

  expect(statSync(pathsFrom(world.env).runtime).mode & 0o777).toBe(0o700);
});
