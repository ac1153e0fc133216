import { writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { describe, expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { answer, listenAsPool, openPool } from '../../rig/pool.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { installWorkers, putModel } from '../../rig/workers/workers.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { calledAs } from '../dialects/called.ts';
import { daemonOf, gantryWell, marked } from './house.ts';

type Row = { id: string; state: string; pool?: string; model: string; port: number; gpu: number };

const workersOf = async (world: World, ...names: string[]) =>
  (await gantryWell(world, 'worker', 'list', ...names, '--json')).json<{ workers: Row[] }>().data.workers;

const errorOf = async (world: World, ...words: string[]) =>
  (await world.gantry([...words, '--yes', '--json'])).json().error;

const SPAWN = ['worker', 'spawn', 'metal', '--model', 'tinyllama'];

/** A workspace with a model, and no program that could serve it: what is spawned here is spawned by a manager. */
const place = async (world: World) => {
  await createWorkspace(world, {});
  return putModel(world, 'tinyllama');
};

describe.for([
  ['v1', 'worker-1', 'POST /v1/workers/spawn', 'POST /v1/workers/stop'],
  ['status', 'worker-metal-0', 'POST /workers/spawn', 'POST /workers/stop'],
  ['v2', 'worker-1', 'POST /v2/workers/start', 'POST /v2/workers/stop'],
] as const)('given a pool manager that speaks %s', ([generation, id, spawnPath, stopPath]) => {
  test('when a worker is spawned, listed and stopped, then it does all of it', async ({ world }) => {
    const model = await place(world);
    const pool = await openPool(world, generation);
    const spawned = (await gantryWell(world, ...SPAWN, '--wait', '--json')).json<{ worker: string }>();
    expect(spawned.data.worker).toBe(id);
    expect(pool.ids()).toEqual([id]);
    const told = pool.asked.filter((line) => line.startsWith('POST'));
    expect(told).toEqual([expect.stringContaining(`${spawnPath} {`)]);
    expect(told[0]).toContain(`file:${model}`);

    expect(await workersOf(world)).toMatchObject([
      {
        ...{ id, state: 'running', model: `file:${model}`, port: 8_081, gpu: 0 },
        pool: `http://127.0.0.1:${pool.port}`,
      },
    ]);
    expect(await workersOf(world, id)).toHaveLength(1);
    const listed = (await world.gantry(['worker', 'list'])).stdout;
    expect(listed).toMatch(/POOL$/m);

    await gantryWell(world, 'worker', 'stop', id);
    expect(pool.ids()).toEqual([]);
    expect(pool.asked.at(-1)).toBe(`${stopPath} {"worker_id":"${id}"}`);
    expect(await errorOf(world, 'worker', 'stop', id)).toMatchObject({ code: 'worker-unknown' });
    expect(await daemonOf(world)).toBeUndefined();
  });

  test('when it has no room, then it says so, once', async ({ world }) => {
    await createWorkspace(world, {});
    await putModel(world, 'large');
    const { port } = await openPool(world, generation);
    expect(await errorOf(world, 'worker', 'spawn', 'metal', '--model', 'large')).toMatchObject({
      code: 'pool-refused',
      message: `The pool manager on port ${port} answered 507: insufficient memory.`,
    });
  });

  test('when it wants a token, then it gets that of the file, and nobody else ever sees it', async ({
    world,
  }) => {
    await place(world);
    const pool = await openPool(world, generation, { token: 's3cret' });
    expect(await errorOf(world, 'worker', 'list')).toMatchObject({ code: 'pool-denied' });
    const file = world.path('home', 'pool.token');
    await writeFile(file, 's3cret\n', { mode: 0o600 });
    await gantryWell(world, 'config', 'set', 'pool.tokenFile', '~/pool.token');
    const spawned = await gantryWell(world, ...SPAWN, '--json');
    expect(pool.ids()).toEqual([id]);
    expect(pool.asked.filter((line) => line.includes('/health')).join()).not.toContain('s3cret');
    expect(spawned.stdout + spawned.stderr).not.toContain('s3cret');
    const other = { GANTRY_POOL_TOKEN: 'wrong' };
    expect((await world.gantry(['worker', 'list', '--json'], { env: other })).code).toBe(8);
  });
});

describe('given a pool manager', () => {
  test('when a spawn is undone, then it stops that worker', async ({ world }) => {
    await place(world);
    const pool = await openPool(world, 'status');
    await gantryWell(world, ...SPAWN);
    await gantryWell(world, ...SPAWN);
    expect(pool.asked.filter((line) => line.startsWith('POST'))).toHaveLength(1);
    await gantryWell(world, 'undo');
    expect(pool.ids()).toEqual([]);
  });

  test('when the very same is what it can not be told, then that is said, with how to go without it', async ({
    world,
  }) => {
    await place(world);
    const pool = await openPool(world, 'v1');
    const error = await errorOf(world, ...SPAWN, '--port', '8123', '--name', 'mine', '--set', 'A=b');
    expect(error).toMatchObject({
      code: 'pool-unfit',
      message: `The pool manager on port ${pool.port} can not be told --port, --set, --name.`,
    });
    expect(pool.ids()).toEqual([]);
  });

  test('when it has no way to stop a worker, then that is said, with the process that it is', async ({
    world,
  }) => {
    await place(world);
    const pool = await openPool(world, 'v1', { without: ['/v1/workers/stop'] });
    await gantryWell(world, ...SPAWN);
    expect(await errorOf(world, 'worker', 'stop', 'worker-1')).toMatchObject({
      code: 'pool-unable',
      next: ['kill 4711'],
    });
    expect(pool.ids()).toEqual(['worker-1']);
  });

  test('when Gantry keeps workers as well, then both are listed, and --all stops its own', async ({
    world,
  }) => {
    await place(world);
    await installWorkers(world, 'llama-server');
    const pool = await openPool(world, 'v2');
    await gantryWell(world, ...SPAWN);
    await gantryWell(world, 'worker', 'spawn', 'llama-server', '--model', 'tinyllama', '--wait');
    expect((await workersOf(world)).map(({ id, pool }) => [id, pool !== undefined])).toEqual([
      ['worker-llama-server-0', false],
      ['worker-1', true],
    ]);
    expect(await workersOf(world, 'worker-1', 'worker-llama-server-0')).toHaveLength(2);
    await gantryWell(world, 'worker', 'stop', '--all');
    expect(marked(world).size).toBe(0);
    expect(pool.ids()).toEqual(['worker-1']);
  });

  test('when one that Gantry keeps is spawned once more, then that is the one', async ({ world }) => {
    await place(world);
    await installWorkers(world, 'llorch-metal-candled');
    await gantryWell(world, ...SPAWN, '--wait');
    const pool = await openPool(world, 'status');
    const again = (await gantryWell(world, ...SPAWN, '--json')).json<{ worker: string }>();
    expect(again).toMatchObject({
      data: { worker: 'worker-metal-0' },
      receipt: { steps: [{ status: 'skipped' }] },
    });
    expect(pool.ids()).toEqual([]);
  });

  test('when llorch-pool is what people type, then it is used by that as well', async ({ world }) => {
    await place(world);
    const pool = await openPool(world, 'v1');
    const llorch = calledAs(world, 'llorch-pool');
    const spawned = await llorch('worker spawn metal --model tinyllama --wait');
    const by = `kept by http://127.0.0.1:${pool.port}`;
    expect(spawned).toMatchObject({ code: 0, stdout: `worker-1 is running, pid 4711, port 8081, ${by}\n` });
    expect((await llorch('worker list')).stdout).toContain(`http://127.0.0.1:${pool.port}`);
    expect((await llorch('worker stop worker-1')).stdout).toBe('worker-1: stopped\n');
    expect(pool.ids()).toEqual([]);
  });

  test('when it is to be left alone, then nobody asks it anything', async ({ world }) => {
    await place(world);
    await installWorkers(world, 'llorch-metal-candled');
    const pool = await openPool(world, 'v1');
    await gantryWell(world, 'config', 'set', 'pool.use', 'never');
    await gantryWell(world, ...SPAWN, '--wait');
    expect(await workersOf(world)).toMatchObject([{ id: 'worker-metal-0' }]);
    expect(pool.asked).toEqual([]);
  });
});

/** A worker of llama-orch that somebody else keeps. */
const openWorker = async (world: World, health = 200): Promise<string> => {
  const server = createHttpServer(({ url }, response) => {
    if (url === '/health') return answer(response, health, { status: 'healthy', vram_bytes: 1 });
    const events = [
      { type: 'token', t: 'hello ', i: 0 },
      { type: 'token', t: 'there', i: 1 },
      { type: 'end', tokens_out: 2, decode_time_ms: 7, stop_reason: 'EOS' },
    ];
    return void response.end(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  world.defer(() => void server.close());
  return `http://localhost:${(server.address() as { port: number }).port}`;
};

describe('given a worker of a pool manager', () => {
  test('when it is asked how it is, and to infer, then it is asked where its manager says', async ({
    world,
  }) => {
    await place(world);
    await openPool(world, 'v1', { uri: await openWorker(world) });
    await gantryWell(world, ...SPAWN, '--wait');
    const asked = (await gantryWell(world, 'worker', 'health', '--json')).json<{ health: object[] }>();
    expect(asked.data.health).toMatchObject([
      { worker: 'worker-1', ok: true, standing: 'well', said: '200 OK' },
    ]);
    const told = await gantryWell(world, 'worker', 'infer', 'worker-1', '--prompt', 'hi');
    expect(told.stdout).toBe('hello there\n');
  });

  test('when it does not answer well, then it is red, and the exit code says so', async ({ world }) => {
    await place(world);
    await openPool(world, 'status', { uri: await openWorker(world, 503) });
    await gantryWell(world, ...SPAWN, '--wait');
    const { code, ...asked } = await world.gantry(['worker', 'health', '--json']);
    expect({ code, ...asked.json<{ health: object[] }>() }).toMatchObject({
      code: 1,
      data: {
        health: [{ standing: 'red', why: 'does not answer as it should: 503 Service Unavailable' }],
      },
      error: { code: 'process-red', message: 'worker-metal-0 is not well.' },
    });
  });

  test('when its log is wanted, or what only Gantry could do, then it is said who has it, in one error', async ({
    world,
  }) => {
    await place(world);
    const { port } = await openPool(world, 'v1');
    await gantryWell(world, ...SPAWN);
    for (const verb of ['logs', 'inspect', 'restart', 'remove']) {
      expect(await errorOf(world, 'worker', verb, 'worker-1')).toMatchObject({
        code: 'worker-pooled',
        message: `worker-1 is with the pool manager on port ${port}, and so is its log.`,
      });
    }
  });

  test('when somebody watches, then it is among the others, told of once, and gone with its manager', async ({
    world,
  }) => {
    await place(world);
    await installWorkers(world, 'llama-server');
    const pool = await openPool(world, 'v1');
    await gantryWell(world, ...SPAWN, '--wait');
    const watching = world.startGantry(['worker', 'watch', '--json']);
    await watching.waitFor(/"id":"worker-1"/);
    await gantryWell(world, 'worker', 'spawn', 'llama-server', '--model', 'tinyllama', '--wait');
    await watching.waitFor(/"id":"worker-llama-server-0"[^}]*"state":"running"/);
    const lists = pool.asked.filter((line) => line === 'GET /v1/workers/list').length;
    await until(() => pool.asked.filter((line) => line === 'GET /v1/workers/list').length > lists + 1, {
      what: 'it to be looked at again',
    });
    pool.close();
    await watching.waitFor(/"drop":\["worker-1"\]/);
    await gantryWell(world, 'worker', 'stop', 'worker-llama-server-0');
    await watching.waitFor(/"id":"worker-llama-server-0"[^}]*"state":"stopped"/);
    const { stdout, stderr } = await watching.stop('SIGINT');
    expect(stderr).toBe('');
    expect(stdout.match(/"id":"worker-1"/g)).toHaveLength(1);
    expect(pool.asked.filter((line) => line === 'GET /v1/health').length).toBeLessThan(6);
  });
});

describe('given something else on that port', () => {
  const isLeftAlone = async (world: World) => {
    expect(await workersOf(world)).toEqual([]);
  };

  test('when it is no pool manager, then it is left alone, and sees no token', async ({ world }) => {
    const seen: string[] = [];
    await listenAsPool(world, (request, response) => {
      seen.push(request.headers.authorization ?? '');
      answer(response, 401, { error: { reason: 'missing authentication credentials' }, status: 401 });
    });
    world.env.GANTRY_POOL_TOKEN = 's3cret';
    await isLeftAlone(world);
    expect(new Set(seen)).toEqual(new Set(['']));
  });

  test('when it is another Gantry that serves the pool API, then it is left alone', async ({ world }) => {
    await listenAsPool(world, (_, response) =>
      answer(response, 200, { status: 'alive', version: '1', api_version: 'v1', program: 'gantry' }),
    );
    await isLeftAlone(world);
  });

  test('when it does not speak HTTP, or never answers, then it is left alone', async ({ world }) => {
    for (const said of ['+OK ready\r\n', undefined]) {
      const server = createServer((socket) => void (said && socket.end(said)));
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      world.defer(() => server.close());
      world.env.GANTRY_POOL_PORT = String((server.address() as { port: number }).port);
      await isLeftAlone(world);
    }
  });

  const alive = { status: 'alive', version: '1', api_version: 'v1' };

  test.for([
    ['what is no list', { workers: [{ id: 7 }] }],
    ['nothing that is JSON', '<html>'],
    [
      'a name that is too long',
      { workers: [{ id: 'x'.repeat(10_000), url: '', model_ref: '', backend: '', device: 0, state: '' }] },
    ],
  ] as const)(
    'when it says that it is one, and answers %s, then that is one error',
    async ([, said], { world }) => {
      const port = await listenAsPool(world, ({ url }, response) =>
        url === '/v1/health'
          ? answer(response, 200, alive)
          : void response.end(typeof said === 'string' ? said : JSON.stringify(said)),
      );
      expect(await errorOf(world, 'worker', 'list')).toMatchObject({
        code: 'pool-broken',
        message: `The pool manager on port ${port} answers /v1/workers/list as none of its kind does.`,
        next: expect.arrayContaining(['gantry config set pool.use never']),
      });
    },
  );

  test('when its answer has no end, then that is one error', async ({ world }) => {
    await listenAsPool(world, ({ url }, response) => {
      if (url === '/v1/health') return answer(response, 200, alive);
      const more = () => {
        while (response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    expect(await errorOf(world, 'worker', 'list')).toMatchObject({
      code: 'pool-unreachable',
      message: expect.stringContaining('more than 4000000 bytes'),
    });
  });

  test('when it breaks off, then what came of the worker is said not to be known', async ({ world }) => {
    await place(world);
    await listenAsPool(world, ({ url, method, socket }, response) => {
      if (url === '/v1/health') return answer(response, 200, alive);
      return method === 'POST' ? void socket.destroy() : answer(response, 200, { workers: [] });
    });
    expect(await errorOf(world, ...SPAWN)).toMatchObject({
      code: 'pool-unreachable',
      meaning: 'Whether it has done what it was asked for is not known.',
    });
  });

  test('when what it says is meant for a terminal, then no terminal gets it', async ({ world }) => {
    await listenAsPool(world, ({ url }, response) => {
      if (url === '/v1/health') return answer(response, 200, alive);
      const evil = {
        id: '\u001b[2Jgone',
        url: 'http://x:1',
        model_ref: '\u001b]0;x\u0007',
        backend: 'cpu',
        device: 0,
      };
      return answer(response, 200, { workers: [{ ...evil, state: 'Dancing\u009b' }] });
    });
    const { stdout } = await gantryWell(world, 'worker', 'list');
    expect(stdout).toContain('␛[2Jgone');
    expect(stdout).not.toMatch(/[\u001b\u0007\u009b]/);
    expect(await workersOf(world)).toMatchObject([
      { state: 'running', why: expect.stringContaining('Dancing') },
    ]);
  });
});
