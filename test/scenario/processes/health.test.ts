import { rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { describe, expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { freePort } from '../../rig/port.ts';
import { signalTo } from '../../rig/process.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { installWorkers, putModel } from '../../rig/workers/workers.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { gantryWell, killDaemon, marked, processesOf } from './house.ts';

type Row = {
  id: string;
  standing: string;
  phase: string;
  listener: string | null;
  probe: string | null;
  said: string;
  model: string | null;
  why: string | null;
  next: string | null;
};

const healthOf = async (world: World, ...names: string[]) => {
  const told = await world.gantry(['process', 'health', ...names, '--json']);
  const { data, error } = told.json<{ health: Row[] }>();
  return { code: told.code, rows: data.health, error };
};

const reaches = (world: World, id: string, phase: string) =>
  until(async () => (await processesOf(world)).some((row) => row.id === id && row.phase === phase), {
    what: `${id} to be ${phase}`,
  });

/** A program that listens on its port and does as a file says. */
const SERVER = `require('node:http').createServer((_, answer) => {
  answer.statusCode = require('node:fs').existsSync('broken') ? 503 : 200;
  answer.end();
}).listen(process.env.PORT, '127.0.0.1');`;

const startWeb = async (world: World, port: number, ...more: string[]) => {
  await writeFile(world.path('work', 'server.cjs'), SERVER);
  const service = [
    'service',
    'start',
    '--name',
    'web',
    '--command',
    'node server.cjs',
    '--port',
    String(port),
  ];
  await gantryWell(world, ...service, '--health', '/', ...more);
};

describe('given services and a worker that are well', () => {
  test('then each is a row with its port, who listens there, its probe and its model, and the exit code is 0', async ({
    world,
  }) => {
    await createWorkspace(world, {});
    await installWorkers(world, 'llorch-cpu-candled');
    await putModel(world, 'tinyllama');
    await gantryWell(world, 'worker', 'spawn', 'cpu', '--model', 'tinyllama', '--wait');
    const port = await freePort();
    await startWeb(world, port, '--wait');
    await gantryWell(world, 'service', 'start', '--name', 'quiet', '--command', 'exec sleep 1000', '--wait');

    const { code, rows, error } = await healthOf(world);
    expect({ code, error }).toEqual({ code: 0, error: undefined });
    expect(rows).toMatchObject([
      {
        id: 'quiet:0',
        standing: 'well',
        listener: null,
        probe: null,
        said: 'has no probe',
        model: null,
      },
      {
        ...{ id: 'web:0', standing: 'well', port, listener: 'itself', said: '200 OK' },
        ...{ probe: `http://127.0.0.1:${port}/`, model: null, why: null, next: null },
      },
      { id: 'worker-cpu-0', standing: 'well', listener: 'itself', model: 'tinyllama', said: '200 OK' },
    ]);
    expect((await healthOf(world, 'web')).rows).toHaveLength(1);
    const pid = marked(world).get('quiet:0')?.[0];
    expect((await healthOf(world, String(pid))).rows).toMatchObject([{ id: 'quiet:0' }]);
    const unknown = await world.gantry(['process', 'health', 'wep', '--json']);
    expect(unknown).toMatchObject({ code: 2 });
    expect(unknown.json().error).toMatchObject({ code: 'process-unknown' });
  });
});

describe('given a service that is not well', () => {
  test('when its probe fails, then it comes first, with the reason in a sentence, and the exit code says so', async ({
    world,
  }) => {
    const port = await freePort();
    await startWeb(world, port, '--wait', '--restart', 'never');
    await gantryWell(
      world,
      'service',
      'start',
      '--name',
      'a-first',
      '--command',
      'exec sleep 1000',
      '--wait',
    );
    await writeFile(world.path('work', 'broken'), '');
    const { code, rows, error } = await healthOf(world);
    expect(code).toBe(1);
    expect(rows.map(({ id, standing }) => [id, standing])).toEqual([
      ['web:0', 'red'],
      ['a-first:0', 'well'],
    ]);
    expect(rows[0]).toMatchObject({
      said: '503 Service Unavailable',
      why: expect.stringContaining('503 Service Unavailable'),
      next: 'gantry process logs web:0 --tail 20',
    });
    expect(error).toMatchObject({
      code: 'process-red',
      message: 'web:0 is not well.',
      next: ['gantry process logs web:0 --tail 20'],
    });
    const told = await world.gantry(['process', 'health']);
    expect(told).toMatchObject({ code: 1, stderr: expect.stringContaining('error: web:0 is not well.') });
    expect(told.stdout).toMatch(/^PROCESS .*\nweb:0 +red/);

    await rename(world.path('work', 'broken'), world.path('work', 'mended'));
    await reaches(world, 'web:0', 'running');
    expect((await healthOf(world)).code).toBe(0);
  });

  test('when it crashes again and again, then its log is what to look at', async ({ world }) => {
    await gantryWell(world, 'service', 'start', '--name', 'loop', '--command', 'exit 3');
    await reaches(world, 'loop:0', 'crash-loop');
    const { code, rows } = await healthOf(world);
    expect(code).toBe(1);
    expect(rows).toMatchObject([
      {
        ...{ id: 'loop:0', standing: 'red', said: 'has no probe' },
        why: expect.stringContaining('ended with exit code 3'),
        next: 'gantry process logs loop:0 --tail 20',
      },
    ]);
  });

  test('when somebody else has its port, then that is who is named', async ({ world }) => {
    const stranger = createServer((_, answer) => answer.end());
    await new Promise<void>((listening) => stranger.listen(0, '127.0.0.1', listening));
    world.defer(() => stranger.close());
    const { port } = stranger.address() as { port: number };
    const service = ['service', 'start', '--name', 'deaf', '--command', 'exec sleep 1000'];
    await gantryWell(world, ...service, '--port', String(port), '--health', '/', '--wait');
    const { rows } = await healthOf(world);
    expect(rows).toMatchObject([
      {
        listener: expect.stringMatching(new RegExp(`, pid ${process.pid}$`)),
        why: expect.stringMatching(new RegExp(`^port ${port} belongs to .+, pid ${process.pid}$`)),
        next: `ps -fp ${process.pid}`,
      },
    ]);
  });

  test('when it died while no daemon was there, then a daemon is what is missing', async ({ world }) => {
    await gantryWell(world, 'service', 'start', '--name', 'web', '--command', 'exec sleep 1000', '--wait');
    await killDaemon(world);
    const [pid] = marked(world).get('web:0') as [number];
    signalTo(pid, 'SIGKILL');
    await until(() => marked(world).size === 0, { what: 'it to be gone' });
    const { code, rows } = await healthOf(world);
    expect(code).toBe(1);
    expect(rows).toMatchObject([
      { id: 'web:0', standing: 'red', phase: 'failed', why: 'is gone', next: 'gantry daemon start' },
    ]);
    await gantryWell(world, 'daemon', 'start');
    await reaches(world, 'web:0', 'running');
  });
});

test('given what was stopped, and a run that failed, then nothing is red', async ({ world }) => {
  await gantryWell(world, 'service', 'start', '--name', 'web', '--command', 'exec sleep 1000', '--wait');
  await gantryWell(world, 'service', 'stop', 'web');
  await gantryWell(world, 'process', 'run', 'exit 4', '--name', 'build');
  await reaches(world, 'build', 'failed');
  const { code, rows } = await healthOf(world);
  expect(code).toBe(0);
  expect(rows).toMatchObject([
    { id: 'build', standing: 'resting', why: 'ended with exit code 4', next: null },
    { id: 'web:0', standing: 'resting', phase: 'stopped' },
  ]);
});

test('whoever watches is told of each change once, and of nothing while nothing changes', async ({
  world,
}) => {
  const port = await freePort();
  await startWeb(world, port, '--wait');
  const watching = world.startGantry(['process', 'health', 'watch', '--json']);
  await watching.waitFor(/"complete":true/);
  await gantryWell(world, 'service', 'start', '--name', 'quiet', '--command', 'exec sleep 1000', '--wait');
  await watching.waitFor(/"id":"quiet:0","standing":"well"/);
  await gantryWell(world, 'service', 'stop', 'web');
  await watching.waitFor(/"id":"web:0","standing":"resting"/);
  await gantryWell(world, 'service', 'remove', 'quiet');
  await watching.waitFor(/"drop":\["quiet:0"\]/);
  const { stdout } = await watching.stop('SIGINT');

  const rows = stdout
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => (JSON.parse(line) as { set: Row[] }).set);
  const web = rows.filter(({ id }) => id === 'web:0');
  expect(web[0]).toMatchObject({ standing: 'well', listener: 'itself', said: '200 OK' });
  expect(web.at(-1)).toMatchObject({ standing: 'resting', listener: 'nobody' });
  const told = web.map((row) => JSON.stringify(row));
  expect(told.filter((row, index) => row === told[index - 1])).toEqual([]);
});
