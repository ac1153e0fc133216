import { describe, expect } from 'vitest';
import { signalTo } from '../../rig/process.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { daemonOf, gantryWell, killDaemon, marked, type ProcessRow, processesOf } from './house.ts';

const FOREVER = 'exec sleep 1000';

describe('given a service that runs', () => {
  test('when the daemon is killed, then it goes on, and the next daemon takes it up', async ({ world }) => {
    await gantryWell(world, 'service', 'start', '--name', 'web', '--command', FOREVER);
    const [before] = await processesOf(world);
    await killDaemon(world);
    expect(await processesOf(world)).toEqual([before]);
    await gantryWell(world, 'daemon', 'start');
    expect(await processesOf(world)).toEqual([before]);
    signalTo(before?.pid as number, 'SIGKILL');
    const isAgain = ({ restarts, phase }: ProcessRow) => restarts === 1 && phase === 'running';
    const after = await until(async () => (await processesOf(world)).find(isAgain), {
      what: 'it to be started again',
    });
    expect(marked(world)).toEqual(new Map([['web:0', [after.pid]]]));
  });

  test('when the daemon is asked to stop, then it goes on', async ({ world }) => {
    await gantryWell(world, 'service', 'start', '--name', 'web', '--command', FOREVER);
    const before = await processesOf(world);
    await gantryWell(world, 'daemon', 'stop');
    expect(await daemonOf(world)).toBeUndefined();
    expect(await processesOf(world)).toEqual(before);
  });

  test('when it dies while no daemon is there, then that is seen at once, and the next daemon starts it', async ({
    world,
  }) => {
    await gantryWell(world, 'service', 'start', '--name', 'web', '--command', FOREVER);
    const [before] = await processesOf(world);
    await killDaemon(world);
    signalTo(before?.pid as number, 'SIGKILL');
    await until(() => marked(world).size === 0, { what: 'it to end' });
    expect(await processesOf(world)).toMatchObject([{ phase: 'failed', pid: null, why: 'is gone' }]);
    await gantryWell(world, 'daemon', 'start');
    await until(() => marked(world).get('web:0')?.length === 1, { what: 'it to be started again' });
  });

  test('when it is started once more, then nothing happens; started otherwise it is refused', async ({
    world,
  }) => {
    await gantryWell(world, 'service', 'start', '--name', 'web', '--command', FOREVER);
    const again = await gantryWell(
      world,
      'service',
      'start',
      '--name',
      'web',
      '--command',
      FOREVER,
      '--json',
    );
    expect(again.json().receipt.steps).toMatchObject([{ status: 'skipped', summary: 'runs already' }]);
    const other = await world.gantry(['service', 'start', '--name', 'web', '--command', 'sleep 1', '--json']);
    expect(other.json().error).toMatchObject({ code: 'service-running' });
    expect(marked(world).get('web:0')).toHaveLength(1);
  });

  test('when two start the same at once, then it runs once', async ({ world }) => {
    const start = () => world.gantry(['service', 'start', '--name', 'web', '--command', FOREVER, '--json']);
    const codes = (await Promise.all([start(), start(), start()])).map(({ code }) => code);
    expect(codes).toContain(0);
    expect(marked(world).get('web:0')).toHaveLength(1);
    expect(await processesOf(world)).toMatchObject([{ id: 'web:0', phase: 'running' }]);
  });

  test('when it is scaled and scaled back, then as many run, each with its port', async ({ world }) => {
    const command = 'echo $PORT; exec sleep 1000';
    await gantryWell(world, 'service', 'start', '--name', 'web', '--command', command, '--port', '4100');
    await gantryWell(world, 'service', 'scale', 'web', '--replicas', '3');
    const rows = (await world.gantry(['process', 'list', '--json'])).json<{
      processes: { port: number }[];
    }>();
    expect(rows.data.processes.map(({ port }) => port)).toEqual([4_100, 4_101, 4_102]);
    await gantryWell(world, 'service', 'scale', 'web', '--replicas', '1');
    expect([...marked(world).keys()]).toEqual(['web:0']);
    await gantryWell(world, 'undo');
    expect([...marked(world).keys()].toSorted()).toEqual(['web:0', 'web:1', 'web:2']);
  });

  test('when it is stopped and that is undone, then it runs again; removed and undone as well', async ({
    world,
  }) => {
    await gantryWell(world, 'service', 'start', '--name', 'web', '--command', FOREVER);
    await gantryWell(world, 'service', 'stop', 'web');
    expect(marked(world).size).toBe(0);
    await gantryWell(world, 'undo');
    expect(marked(world).get('web:0')).toHaveLength(1);
    await gantryWell(world, 'service', 'remove', 'web');
    expect(marked(world).size).toBe(0);
    expect(await processesOf(world)).toEqual([]);
    await gantryWell(world, 'undo');
    expect(marked(world).get('web:0')).toHaveLength(1);
  });
});
