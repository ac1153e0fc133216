import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { failureOf } from '#engines/core/errors.ts';
import { request } from '#engines/daemon/greet.ts';
import type { World } from '../../rig/home.ts';
import { signalTo } from '../../rig/process.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { caller, filesOf, launch, reach, statusOf } from './client.ts';

const stop = (world: World, force: boolean) =>
  request(filesOf(world).socket, { kind: 'stop', force }, 'stopping');

/** The daemon as a process of the test's own, so that its end can be awaited. */
async function startHere(world: World) {
  const { command, args } = launch();
  const daemon = world.start(command, args);
  await until(() => existsSync(filesOf(world).socket), { what: 'the daemon to listen' });
  return daemon;
}

describe('given a daemon in which an action runs', () => {
  test('when it is stopped, then it takes no new work and ends when that action has', async ({ world }) => {
    const daemon = await startHere(world);
    const host = await reach(world);
    const [go, done] = [world.path('work', 'go'), world.path('work', 'done')];
    const work = host.invoke({ action: 'work.do', input: { until: go, done } }, caller(world));
    await host.invoke({ action: 'caller.show', input: {} }, caller(world));

    const { reply } = await stop(world, false);
    expect(reply).toEqual({ kind: 'stopping', pid: daemon.pid, running: 1 });
    expect(await host.invoke({ action: 'caller.show', input: {} }, caller(world))).toMatchObject({
      failure: { code: 'daemon-stopping', next: ['gantry daemon start'] },
    });
    expect(await statusOf(world)).toMatchObject({ running: false });

    writeFileSync(go, '');
    expect(await work).toEqual({ kind: 'data', data: '1' });
    expect(await daemon.exit).toMatchObject({ code: 0 });
  });

  test('when it is stopped by force, then the action is cancelled and it ends', async ({ world }) => {
    const daemon = await startHere(world);
    const host = await reach(world);
    const work = host.invoke(
      { action: 'work.do', input: { until: world.path('work', 'never') } },
      caller(world),
    );
    await host.invoke({ action: 'caller.show', input: {} }, caller(world));

    await stop(world, true);

    expect(await work).toMatchObject({ failure: { code: 'cancelled' } });
    expect(await daemon.exit).toMatchObject({ code: 0 });
  });

  test.for(['SIGTERM', 'SIGINT'] as const)('when it gets %s, then the same', async (signal, { world }) => {
    const daemon = await startHere(world);
    const host = await reach(world);
    const work = host.invoke(
      { action: 'work.do', input: { until: world.path('work', 'never') } },
      caller(world),
    );
    await host.invoke({ action: 'caller.show', input: {} }, caller(world));

    signalTo(daemon.pid, signal);

    expect(await work).toMatchObject({ failure: { code: 'cancelled' } });
    expect(await daemon.exit).toMatchObject({ code: 0 });
    const { socket, record } = filesOf(world);
    expect([socket, record].filter((file) => existsSync(file))).toEqual([]);
  });

  test('when it is stopped as a large answer goes out, then the client still gets all of it', async ({
    world,
  }) => {
    const daemon = await startHere(world);
    const host = await reach(world);
    const go = world.path('work', 'go');
    const answer = host.invoke({ action: 'answer.large', input: { until: go } }, caller(world));
    await host.invoke({ action: 'caller.show', input: {} }, caller(world));

    await stop(world, false);
    writeFileSync(go, '');

    const outcome = await answer;
    expect(outcome.kind === 'data' && String(outcome.data).length).toBe(8 * 1024 * 1024);
    expect(await daemon.exit).toMatchObject({ code: 0 });
  });

  test('when the terminal that it was started from hangs up, then it goes on', async ({ world }) => {
    const daemon = await startHere(world);
    const host = await reach(world);

    signalTo(daemon.pid, 'SIGHUP');

    await until(() => readFileSync(filesOf(world).log, 'utf8').includes('SIGHUP'), {
      what: 'the signal to arrive',
    });
    expect(await host.invoke({ action: 'caller.show', input: {} }, caller(world))).toMatchObject({
      kind: 'data',
    });
  });
});

test('given idle time of its own choosing, when nobody is there, then the daemon is gone', async ({
  world,
}) => {
  world.env.FIXTURE_IDLE = '50';
  const { command, args } = launch();

  expect(await world.run(command, args)).toMatchObject({ code: 0, stdout: '', stderr: '' });

  const { socket, record, log } = filesOf(world);
  expect([socket, record].filter((file) => existsSync(file))).toEqual([]);
  expect(readFileSync(log, 'utf8')).toMatch(/ended: was idle\n$/);
});

test('given a daemon that hangs, when it is asked, then that is one clear failure', {
  timeout: 20_000,
}, async ({ world }) => {
  const daemon = await startHere(world);
  signalTo(daemon.pid, 'SIGSTOP');
  world.defer(() => signalTo(daemon.pid, 'SIGCONT'));

  const failures = await Promise.all(
    [statusOf(world), reach(world)].map((work) => work.then(String, failureOf)),
  );

  expect(failures).toMatchObject([{ code: 'daemon-silent' }, { code: 'daemon-silent' }]);
});
