import { existsSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { failureOf } from '#engines/core/errors.ts';
import { startChild } from '#engines/daemon/child.ts';
import { signalTo } from '../../rig/process.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { ADA, caller, child, clientArgs, filesOf, HERE, hello } from './client.ts';

describe('given a host of its own', () => {
  test('when a client invokes, then it is served without any daemon', async ({ world }) => {
    const host = await child(world);

    expect(await host.invoke({ action: 'caller.show', input: {} }, caller(world))).toMatchObject({
      kind: 'data',
      data: { actor: { ...ADA, host: HERE, pid: process.pid }, cwd: world.path('work') },
    });
    expect(existsSync(filesOf(world).socket)).toBe(false);
  });

  test('when it is closed, then it is gone', async ({ world }) => {
    const host = await child(world);

    await host.close();

    expect(signalTo(host.pid, 0)).toBe(false);
  });

  test('when its parent is killed, then it cancels its work and is gone', async ({ world }) => {
    const done = world.path('work', 'done');
    const work = { until: world.path('work', 'never'), done };
    const parent = world.start(process.execPath, clientArgs('child', 'work.do', work));
    const [, said = ''] = await parent.waitFor(/"pid":(\d+)/);
    const pid = Number(said);
    expect(signalTo(pid, 0)).toBe(true);

    await parent.stop('SIGKILL');

    await until(() => !signalTo(pid, 0), { what: 'the host to end' });
    expect(existsSync(done)).toBe(false);
  });

  test('when it dies, then its calls end and say what that means', async ({ world }) => {
    const host = await child(world);
    const outcome = host.invoke(
      { action: 'work.do', input: { until: world.path('work', 'never') } },
      caller(world),
    );

    signalTo(host.pid, 'SIGKILL');

    expect(await outcome).toMatchObject({ kind: 'failure', failure: { code: 'host-lost' } });
  });

  test('when its program fails, then the failure repeats its last words', async ({ world }) => {
    const launch = { command: 'sh', args: ['-c', 'echo "no such thing" >&2; exit 3'] };

    expect(await startChild({ ...hello(world), launch }).catch(failureOf)).toMatchObject({
      code: 'daemon-start-failed',
      message: 'The daemon did not start: no such thing',
    });
  });
});
