import { describe, expect } from 'vitest';
import { connectHost } from '#engines/daemon/client.ts';
import { caller, filesOf, hello, statusOf } from '../../app/daemon/client.ts';
import { isAlive, signalTo } from '../../rig/process.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { installed, pretendAnotherBuild } from '../installed.ts';
import { openScreen, rowOf } from '../screen/open.ts';
import { daemonOf, gantryWell, killDaemon, marked, processesOf } from './house.ts';

const FOREVER = 'exec sleep 1000';

describe('given services that run', () => {
  test('when the daemon is stopped, then plan and receipt say how many go on', async ({ world }) => {
    await gantryWell(world, 'service', 'start', '--name', 'web', '--command', FOREVER, '--replicas', '2');
    await gantryWell(world, 'service', 'start', '--name', 'mail', '--command', FOREVER);
    const plan = await world.gantry(['daemon', 'stop', '--dry-run']);
    expect(plan.stdout).toMatch(/once what runs in it has ended; 3 processes go on/);

    const stopped = await gantryWell(world, 'daemon', 'stop', '--json');

    expect(stopped.json().receipt).toMatchObject({ steps: [{ summary: 'stopped; 3 processes go on' }] });
    expect([...marked(world).keys()].toSorted()).toEqual(['mail:0', 'web:0', 'web:1']);
  });

  test.for(['--with-processes', '--with-processes --force'])(
    'when the daemon is stopped %s, then nothing is left, and undoing that starts them',
    async (options, { world }) => {
      await gantryWell(world, 'service', 'start', '--name', 'web', '--command', FOREVER, '--replicas', '2');
      await gantryWell(world, 'service', 'start', '--name', 'mail', '--command', FOREVER);
      const pid = await daemonOf(world);

      const stopped = await gantryWell(world, 'daemon', 'stop', ...options.split(' '), '--json');

      expect(stopped.json().receipt).toMatchObject({
        status: 'done',
        steps: [
          { status: 'done' },
          { status: 'done' },
          { status: 'done' },
          { op: 'daemon.stop', status: 'done' },
        ],
      });
      expect(marked(world).size).toBe(0);
      await until(async () => (await daemonOf(world)) !== pid, { what: 'the daemon to end' });
      expect(await daemonOf(world)).toBeUndefined();

      await gantryWell(world, 'undo');
      expect([...marked(world).keys()].toSorted()).toEqual(['mail:0', 'web:0', 'web:1']);
    },
  );

  test('when no daemon runs and they are to be stopped with it, then they are', async ({ world }) => {
    await gantryWell(world, 'service', 'start', '--name', 'web', '--command', FOREVER);
    await killDaemon(world);

    await gantryWell(world, 'daemon', 'stop', '--with-processes');

    expect(marked(world).size).toBe(0);
    await until(async () => (await daemonOf(world)) === undefined, { what: 'the daemon to end' });
  });

  test('when the daemon is restarted, then another one keeps the very same', async ({ world }) => {
    await gantryWell(world, 'service', 'start', '--name', 'web', '--command', FOREVER, '--replicas', '2');
    const [daemon, before] = [await daemonOf(world), await processesOf(world)];

    await gantryWell(world, 'daemon', 'restart');

    expect(await daemonOf(world)).not.toBe(daemon);
    expect(await daemonOf(world)).toBeDefined();
    expect(await processesOf(world)).toEqual(before);
  });
});

test('given an open screen, when the daemon is restarted from a shell, then the screen goes on with the new one', async ({
  world,
}) => {
  const workspace = await createWorkspace(world, { api: 'clean' });
  const screen = await openScreen(world);
  await screen.waitFor((shown) => rowOf(shown, 'api') !== '');
  const before = await daemonOf(world);

  await gantryWell(world, 'daemon', 'restart');
  await workspace.repo('api').git('switch', '--quiet', '-c', 'afterwards');

  await screen.waitFor((shown) => rowOf(shown, 'api').includes('afterwards'));
  expect(await daemonOf(world)).not.toBe(before);
});

test('given no daemon and nothing to keep, when it is stopped with its processes, then there is nothing to do', async ({
  world,
}) => {
  const plan = await world.gantry(['daemon', 'stop', '--with-processes', '--dry-run']);
  expect(plan).toMatchObject({ code: 0, stdout: expect.stringMatching(/^daemon: no daemon runs\n/) });
});

test('given no daemon, when it is restarted, then one is started', async ({ world }) => {
  await gantryWell(world, 'daemon', 'restart');
  expect(await daemonOf(world)).toBeDefined();
});

test('given a client of the daemon, when it asks that very daemon to restart, then it is told where to ask', async ({
  world,
}) => {
  await gantryWell(world, 'daemon', 'start');
  const host = await connectHost(filesOf(world).socket, hello(world));
  world.defer(() => host.close());

  const restart = { action: 'daemon.restart', input: {}, approval: { yes: true } } as const;
  const outcomes = await Promise.all(
    ['daemon.restart', 'daemon.install', 'daemon.uninstall'].map((action) =>
      host.invoke({ ...restart, action }, caller(world)),
    ),
  );

  expect(outcomes).toMatchObject([
    { failure: { code: 'asked-from-within', next: ['gantry daemon restart'] } },
    { failure: { code: 'asked-from-within', next: ['gantry daemon install'] } },
    { failure: { code: 'asked-from-within', next: ['gantry daemon uninstall'] } },
  ]);
});

describe('given processes that a daemon of another build keeps', () => {
  test('when the new build comes, then it takes up all of them: none doubled, none lost', async ({
    world,
  }) => {
    const gantry = installed(world);
    const run = async (...words: string[]) =>
      expect(await gantry(...words, '--yes')).toMatchObject({ code: 0 });
    for (const name of ['one', 'two', 'three'])
      await run('service', 'start', '--name', name, '--command', FOREVER, '--replicas', '2');
    const [old, before] = [await statusOf(world), await processesOf(world)];
    // Somebody is still connected, so that the old one stays when it has handed over.
    const guest = await connectHost(filesOf(world).socket, hello(world));
    world.defer(() => guest.close());

    pretendAnotherBuild(world);
    await run('daemon', 'start');

    const fresh = await statusOf(world);
    expect(fresh.pid).not.toBe(old.pid);
    expect(isAlive(old.pid as number)).toBe(true);
    expect(await processesOf(world)).toEqual(before);
    expect(marked(world)).toEqual(new Map(before.map(({ id, pid }) => [id, [pid]])));

    // Only one of the two may start again what ends: the newer.
    for (const { pid } of before) signalTo(pid as number, 'SIGKILL');
    const after = await until(
      async () => {
        const rows = await processesOf(world);
        return rows.every(({ phase, restarts }) => phase === 'running' && restarts === 1) ? rows : undefined;
      },
      { what: 'all of them to be started again' },
    );
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(marked(world)).toEqual(new Map(after.map(({ id, pid }) => [id, [pid]])));

    await guest.close();
    await until(() => !isAlive(old.pid as number), { what: 'the old daemon to end' });
    expect(marked(world)).toEqual(new Map(after.map(({ id, pid }) => [id, [pid]])));
    expect(await statusOf(world)).toMatchObject({ running: true, pid: fresh.pid });
  });
});
