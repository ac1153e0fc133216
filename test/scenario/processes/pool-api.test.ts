import { readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { freePort } from '../../rig/port.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { installWorkers, putModel } from '../../rig/workers/workers.ts';
import { daemonOf, gantryWell, killDaemon, marked } from './house.ts';

type Body = Record<string, unknown>;

interface Asked {
  method?: string;
  /** Sent as it is where it is a text. */
  body?: object | string;
  token?: string;
  headers?: Record<string, string>;
}

/** The pool API of a daemon, with the token that its owner finds in the state directory. */
const openApi = async (world: World) => {
  const port = await freePort();
  world.env.GANTRY_POOL_PORT = String(port);
  await gantryWell(world, 'config', 'set', 'pool.enabled', 'true');
  await gantryWell(world, 'config', 'set', 'models.directory', world.path('work', '.test-models'));
  await gantryWell(world, 'daemon', 'start');
  const url = `http://127.0.0.1:${port}`;
  const listens = () =>
    fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  await until(listens, { what: 'the pool API' });

  const ask = async (path: string, { method, body, token, headers }: Asked = {}) => {
    const response = await fetch(`${url}${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
    });
    return { status: response.status, body: (await response.json()) as Body, headers: response.headers };
  };

  const file = world.path('home', '.local', 'state', 'gantry', 'pool.token');
  // It is made when somebody first needs it.
  expect((await ask('/status')).status).toBe(401);
  const token = (await readFile(file, 'utf8')).trim();
  const own = (path: string, asked: Asked = {}) => ask(path, { token, ...asked });
  return { url, file, token, ask, own, listens };
};

const place = async (world: World) => {
  await installWorkers(world, 'llorch-cpu-candled', 'llorch-cuda-candled');
  return putModel(world, 'tinyllama');
};

describe('given the pool API of a daemon', () => {
  test('when a worker is spawned by it, then it runs as any other, and everybody sees it', async ({
    world,
  }) => {
    const model = await place(world);
    const { own } = await openApi(world);
    const spawned = await own('/workers/spawn', {
      body: { worker_id: 'mine', model_ref: 'tinyllama', gpu_id: 1, backend: 'cuda' },
    });
    expect(spawned).toMatchObject({
      status: 200,
      body: {
        worker_id: 'mine',
        id: 'mine',
        model: 'tinyllama',
        gpu: 1,
        uri: expect.stringMatching(/^http:\/\/127/),
      },
    });
    const { body } = await until(
      async () => {
        const told = await own('/status');
        return (told.body.workers as Body[])[0]?.status === 'ready' ? told : undefined;
      },
      { what: 'it to be ready' },
    );
    const [pid] = marked(world).get('mine') as [number];
    expect(body).toMatchObject({
      ...{ node_id: expect.any(String), gpus: [] },
      workers: [
        { id: 'mine', status: 'ready', pid, backend: 'cuda', started_at: expect.stringMatching(/^\d{4}-/) },
      ],
    });
    const again = await own('/workers/spawn', {
      body: { worker_id: 'mine', model_ref: 'tinyllama', gpu_id: 1, backend: 'cuda' },
    });
    expect(again).toMatchObject({ status: 200, body: { worker_id: 'mine', pid } });

    const shown = (await gantryWell(world, 'activity', 'list', '--json')).json<{
      activities: { action: string; actor: { name: string; surface: string } }[];
    }>();
    expect(shown.data.activities).toContainEqual(
      expect.objectContaining({
        action: 'worker.spawn',
        actor: expect.objectContaining({ name: 'pool', surface: 'http' }),
      }),
    );
    const hive = await own('/v1/workers/list');
    expect(hive.body).toMatchObject({
      workers: [
        {
          id: 'mine',
          model_ref: 'tinyllama',
          backend: 'cuda',
          device: 1,
          state: 'Idle',
          pid,
          restart_count: 0,
        },
      ],
    });
    expect(await own('/workers/stop', { body: { worker_id: 'mine' } })).toMatchObject({
      status: 200,
      body: { worker_id: 'mine', status: 'stopped' },
    });
    expect(marked(world).size).toBe(0);
    await gantryWell(world, 'undo');
    expect(marked(world).size).toBe(1);
    expect((await own('/v1/workers/stop', { body: { worker_id: 'mine' } })).status).toBe(200);

    const file = await own('/v1/workers/spawn', {
      body: { model_ref: `file:${model}`, backend: 'cpu', device: 0 },
    });
    expect(file).toMatchObject({
      status: 200,
      body: { worker_id: 'worker-cpu-0', url: expect.stringMatching(/^http:/), state: 'loading' },
    });
  });

  test('when several are spawned at once, then each has a port of its own', async ({ world }) => {
    await place(world);
    const { own } = await openApi(world);
    const spawn = (worker_id: string) =>
      own('/workers/spawn', { body: { worker_id, model_ref: 'tinyllama', backend: 'cpu' } });
    const spawned = await Promise.all(['a', 'b', 'c'].map(spawn));
    expect(spawned.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(spawned.map(({ body }) => body.uri)).size).toBe(3);
    await until(
      async () => {
        const { workers } = (await own('/status')).body as { workers: Body[] };
        return workers.length === 3 && workers.every(({ status }) => status === 'ready');
      },
      { what: 'all of them to be ready' },
    );
  });

  test('when somebody has no token, then they learn that it is there, and no more', async ({ world }) => {
    await place(world);
    const { ask, file, token } = await openApi(world);
    expect(await ask('/health')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await ask('/v1/health')).toMatchObject({ body: { status: 'alive', api_version: 'v1' } });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const spawn = { body: { model_ref: 'tinyllama' } };
    for (const given of [undefined, 'wrong', `${token}x`, '']) {
      for (const path of ['/workers/spawn', '/v1/workers/spawn', '/workers/stop', '/v1/workers/stop']) {
        const told = await ask(path, { ...spawn, token: given });
        expect(told).toMatchObject({ status: 401, body: { error: { code: 'token-wrong' } } });
        expect(told.headers.get('www-authenticate')).toBe('Bearer');
      }
      for (const path of ['/status', '/v1/workers/list', '/elsewhere']) {
        expect((await ask(path, { token: given })).status).toBe(401);
      }
    }
    expect(marked(world).size).toBe(0);
    const log = (await world.gantry(['daemon', 'logs'])).stdout;
    expect(log).not.toContain(token);
  });

  test('when a page of another machine asks, then it is refused, though it had the token', async ({
    world,
  }) => {
    const { own } = await openApi(world);
    const told = await own('/status', { headers: { origin: 'http://evil.example' } });
    expect(told.status).toBe(403);
  });

  test('when what it is told makes no sense, then the status and the code say why', async ({ world }) => {
    await place(world);
    await putModel(world, 'phi3');
    const { own } = await openApi(world);
    const spawn = (body: object | string) => own('/workers/spawn', { body });
    const cases: [object | string, number, string][] = [
      ['{', 400, 'body-unfit'],
      [{}, 400, 'body-unfit'],
      [{ model_ref: '../../etc/passwd' }, 400, 'body-unfit'],
      [{ model_ref: 'file:relative' }, 400, 'body-unfit'],
      [{ model_ref: 'hf:no' }, 400, 'body-unfit'],
      [{ model_ref: 'tinyllama', gpu_id: -1 }, 400, 'body-unfit'],
      [{ model_ref: 'tinyllama', worker_id: '-rf', backend: 'cpu' }, 400, 'input-invalid'],
      [{ model_ref: 'tinyllama', backend: 'rocm' }, 400, 'backend-unknown'],
      [{ model_ref: 'tinyllama', backend: 'metal' }, 409, 'backend-missing'],
      [{ model_ref: 'llama9', backend: 'cpu' }, 404, 'model-missing'],
      [{ model_ref: 'hf:org/model', backend: 'cpu' }, 404, 'model-missing'],
    ];
    for (const [body, status, code] of cases) {
      expect(await spawn(body), JSON.stringify(body).slice(0, 80)).toMatchObject({
        status,
        body: { error: { code } },
      });
    }
    await spawn({ model_ref: 'tinyllama', backend: 'cpu' });
    expect(await spawn({ model_ref: 'phi3', backend: 'cpu' })).toMatchObject({
      status: 409,
      body: { error: { code: 'worker-exists' } },
    });
    expect(await own('/workers/stop', { body: { worker_id: 'nobody' } })).toMatchObject({
      status: 404,
      body: { error: { code: 'worker-unknown' } },
    });
    expect(await own('/elsewhere')).toMatchObject({ status: 404, body: { error: { code: 'path-unknown' } } });
    expect((await own('/workers/spawn', { method: 'DELETE' })).status).toBe(404);
  });

  test('when a model does not fit, then it is full', async ({ world }) => {
    await place(world);
    await truncate(await putModel(world, 'large'), 1e13);
    const { own } = await openApi(world);
    expect(await own('/workers/spawn', { body: { model_ref: 'large', backend: 'cpu' } })).toMatchObject({
      status: 507,
      body: { error: { code: 'ram-insufficient' } },
    });
  });

  test('when a worker of a backend of one’s own says there that it is ready, then it is heard while it waits', async ({
    world,
  }) => {
    await place(world);
    const { ask, url } = await openApi(world);
    const ready = (worker_id: string, path = '/workers/ready') =>
      ask(path, { body: { worker_id, vram_bytes: 1, uri: 'http://localhost:1' } });
    const unknown = await ready('mine');
    expect(unknown).toMatchObject({ status: 404, body: { error: { code: 'worker-not-waiting' } } });
    const go = world.path('work', 'go');
    const command = `llorch-cpu-candled --worker-id {id} --model {model} --port {port} --callback-url ${url}/workers/ready`;
    const spawn = [
      'worker',
      'spawn',
      'command',
      '--command',
      command,
      '--model',
      'tinyllama',
      '--name',
      'mine',
    ];
    world.env.GANTRY_MODELS = world.path('work', '.test-models');
    await gantryWell(world, ...spawn, '--set', `HOLD_CALLBACK=${go}`, '--health', '/health');
    expect((await ready('mine')).status).toBe(200);
    const other = { worker_id: 'mine', url: 'http://localhost:1', backend: 'cpu' };
    expect((await ask('/v1/workers/ready', { body: other })).status).toBe(200);
    expect((await ask('/workers/ready', { body: { worker_id: 'mine' } })).status).toBe(400);
    await writeFile(go, '');
    await until(async () => (await world.gantry(['worker', 'list'])).stdout.includes('running'), {
      what: 'it',
    });
    expect(await ready('mine')).toEqual(expect.objectContaining({ status: 404, body: unknown.body }));
  });

  test('when the daemon is killed, then the next one serves it, with the same token and the same workers', async ({
    world,
  }) => {
    await place(world);
    const { own, listens } = await openApi(world);
    await own('/workers/spawn', { body: { model_ref: 'tinyllama', backend: 'cpu' } });
    const before = await daemonOf(world);
    await killDaemon(world);
    await gantryWell(world, 'daemon', 'start');
    expect(await daemonOf(world)).not.toBe(before);
    await until(listens, { what: 'the next one' });
    expect((await own('/status')).body).toMatchObject({ workers: [{ id: 'worker-cpu-0' }] });
  });

  test('when workers are listed in a shell meanwhile, then nobody takes it for another’s manager', async ({
    world,
  }) => {
    await place(world);
    const { own } = await openApi(world);
    await own('/workers/spawn', { body: { model_ref: 'tinyllama' } });
    const listed = (await gantryWell(world, 'worker', 'list', '--json')).json<{ workers: Body[] }>();
    expect(listed.data.workers).toMatchObject([{ id: 'worker-cuda-0' }]);
    expect(listed.data.workers[0]).not.toHaveProperty('pool');
  });
});
