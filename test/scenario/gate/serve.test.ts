import { readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { describe, expect } from 'vitest';
import { openContract } from '../../rig/contract.ts';
import type { World } from '../../rig/home.ts';
import { freePort } from '../../rig/port.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { daemonOf, gantryWell, killDaemon } from '../processes/house.ts';
import { ask, eventsOf, openGateway, spawnServer, textOf } from './house.ts';

const json = async (answer: Promise<Response>) => (await answer).json();

const errorOf = async (world: World, ...words: string[]) =>
  (await world.gantry([...words, '--yes', '--json'])).json().error;

const routesOf = async (world: World) =>
  (await gantryWell(world, 'gate', 'routes', 'list', '--json')).json<{ routes: object[] }>().data.routes;

const answers = (url: string) =>
  until(async () => (await fetch(`${url}/health`).catch(() => undefined))?.ok, { what: 'the gateway' });

/** A form as browsers and programs send it. */
const formOf = (name: string | undefined, file: string, bytes = 'GGUF'): FormData => {
  const form = new FormData();
  if (name !== undefined) form.append('name', name);
  form.append('file', new Blob([bytes]), file);
  return form;
};

const post = (url: string, body: FormData, headers: Record<string, string> = {}) =>
  fetch(`${url}/api/v1/models`, { method: 'POST', body, headers });

describe('given a gateway that is served', () => {
  test('when workers come and go, then it is asked what they serve, in each of their dialects', async ({
    world,
  }) => {
    const url = await openGateway(world, 'llorch-cpu-candled', 'llama-server', 'ollama');
    expect(await json(fetch(`${url}/health`))).toMatchObject({ status: 'unhealthy', version: '0.1.0' });
    expect((await ask(url, { prompt: 'hi' })).status).toBe(404);
    await gantryWell(world, 'worker', 'spawn', 'cpu', '--model', 'tinyllama', '--wait');
    await gantryWell(world, 'worker', 'spawn', 'ollama', '--model', 'tiny', '--wait');
    await spawnServer(world, 'one');
    expect(await json(fetch(`${url}/health`))).toMatchObject({ status: 'healthy', model_count: 2 });
    expect(await json(fetch(`${url}/v1/models`))).toMatchObject({
      data: [{ id: 'tiny', object: 'model' }, { id: 'tinyllama' }],
    });

    for (const model of ['worker-cpu-0', 'worker-ollama-0', 'one', 'tiny']) {
      const streamed = await ask(url, { model, prompt: 'hello there', tokens: 9 });
      expect(streamed.headers.get('content-type')).toContain('text/event-stream');
      const events = await Array.fromAsync(eventsOf(streamed));
      expect([model, textOf(events)]).toEqual([model, 'You said: hello there']);
      const whole = await json(ask(url, { model, prompt: 'hello there', stream: false, tokens: 9 }));
      expect(whole).toMatchObject({
        choices: [{ message: { content: 'You said: hello there' }, finish_reason: 'stop' }],
        usage: { completion_tokens: 4 },
      });
    }
    const body = JSON.stringify({ model: 'worker-cpu-0', prompt: 'hello there', max_tokens: 2 });
    expect(await json(fetch(`${url}/v1/completions`, { method: 'POST', body }))).toMatchObject({
      object: 'text_completion',
      choices: [{ text: 'You said: ', finish_reason: 'length' }],
    });
    await gantryWell(world, 'worker', 'stop', '--all');
    expect(await json(ask(url, { prompt: 'hi' }))).toMatchObject({ error: { code: 'model-not-served' } });
  });

  test('when it is asked through the contract, then it answers so, and says how long it took', async ({
    world,
  }) => {
    const url = await openGateway(world, 'llorch-cpu-candled');
    await gantryWell(world, 'worker', 'spawn', 'cpu', '--model', 'tinyllama', '--wait');
    await writeFile(world.path('work', 'question.json'), '{"input":"hello"}');
    const test = ['gate', 'test', 'tinyllama', '--input'];
    const tried = await gantryWell(world, ...test, 'question.json', '--json');
    expect(tried.json().data).toMatchObject({
      ...{ model: 'tinyllama', output: 'You said: hello', tokens: 3, latency: expect.any(Number) },
    });
    const piped = await world.gantry([...test, '-'], {
      input: '{"messages":[{"role":"user","content":"hi"}]}',
    });
    expect(piped.stdout).toContain('You said: hi');
    await writeFile(world.path('work', 'question.json'), '{"tensor":[1]}');
    expect(await errorOf(world, ...test, 'question.json')).toMatchObject({
      code: 'gate-failed',
      message: expect.stringContaining('answered 400: prompt: expected a text.'),
    });
    const refused = { method: 'POST', body: '{"prompt":"break"}' };
    expect((await fetch(`${url}/api/v1/inference/tinyllama`, refused)).status).toBe(502);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    const told = { model: 'tinyllama', backend: 'worker-cpu-0' };
    const labels = `model="${told.model}",backend="${told.backend}"`;
    expect(metrics).toContain(`gantry_gate_requests_total{${labels},how="answered"} 2\n`);
    expect(metrics).toContain(`gantry_gate_tokens_total{${labels}} 6\n`);
    expect(metrics).toContain('gantry_gate_request_seconds_count{model="tinyllama"} 2\n');
    const events = (await gantryWell(world, 'gate', 'logs', '--json')).ndjson<{ message: string }>();
    expect(events.map(({ message }) => message)).toEqual([
      'answered',
      'answered',
      'attempt failed',
      'failed',
    ]);
  });

  test('when it is stopped, then that is undone; when its daemon is killed, then the next one serves it', async ({
    world,
  }) => {
    const url = await openGateway(world, 'llama-server');
    await spawnServer(world, 'one');
    await gantryWell(world, 'gate', 'routes', 'set', 'mine', 'one');
    const again = await gantryWell(world, 'gate', 'serve', '--json');
    expect(again.json().receipt.steps).toMatchObject([{ status: 'skipped' }]);

    await gantryWell(world, 'gate', 'stop');
    await until(
      async () =>
        fetch(`${url}/health`).then(
          () => false,
          () => true,
        ),
      { what: 'it to be gone' },
    );
    const gone = await world.gantry(['gate', 'status', '--json']);
    expect(gone.code).toBe(7);
    expect(gone.json().data).toMatchObject({ health: null, server: { enabled: false, listening: false } });
    await gantryWell(world, 'undo');
    await answers(url);

    const before = await daemonOf(world);
    await killDaemon(world);
    await gantryWell(world, 'daemon', 'start');
    expect(await daemonOf(world)).not.toBe(before);
    await answers(url);
    expect(textOf(await Array.fromAsync(eventsOf(await ask(url, { model: 'mine', prompt: 'hi' }))))).toBe(
      'You said: hi',
    );
  });

  test('when its port is taken, then that is said before anything is written', async ({ world }) => {
    const server = createServer();
    world.defer(() => server.close());
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as { port: number };
    expect(await errorOf(world, 'gate', 'serve', '--port', String(port))).toMatchObject({
      code: 'gate-port-taken',
      message: expect.stringContaining(`Port ${port} belongs to`),
    });
    const status = await world.gantry(['gate', 'status', '--json']);
    expect(status.json().data).toMatchObject({ server: { enabled: false } });
  });
});

describe('given routes', () => {
  test('when they are set and taken away, then requests follow, and both are undone', async ({ world }) => {
    const url = await openGateway(world, 'llama-server');
    await spawnServer(world, 'one');
    await spawnServer(world, 'two');
    const backendOf = async () =>
      (await ask(url, { prompt: 'hi', stream: false })).headers.get('x-gantry-backend');

    await gantryWell(world, 'gate', 'routes', 'set', 'tinyllama', 'two');
    expect([await backendOf(), await backendOf()]).toEqual(['two', 'two']);
    await gantryWell(world, 'gate', 'routes', 'set', 'tinyllama', 'one', '--weight', '3', '--beside');
    const shared = [];
    for (let count = 0; count < 8; count++) shared.push(await backendOf());
    expect(shared.filter((name) => name === 'one')).toHaveLength(6);
    expect(await routesOf(world)).toMatchObject([
      { model: 'tinyllama', endpoint: 'two', active: true, weight: 1, fallback: false, requests: 4 },
      { model: 'tinyllama', endpoint: 'one', active: true, weight: 3, fallback: false, requests: 6 },
    ]);

    await gantryWell(world, 'gate', 'routes', 'remove', 'tinyllama', 'two');
    expect(await routesOf(world)).toMatchObject([{ endpoint: 'one' }]);
    await gantryWell(world, 'undo');
    expect(await routesOf(world)).toMatchObject([{ endpoint: 'two' }, { endpoint: 'one', weight: 3 }]);
    await gantryWell(world, 'undo');
    expect(await routesOf(world)).toMatchObject([{ endpoint: 'two', weight: 1 }]);
    await gantryWell(world, 'undo');
    expect(await routesOf(world)).toEqual([]);
    expect(await errorOf(world, 'gate', 'routes', 'remove', 'tinyllama')).toMatchObject({
      code: 'gate-route-unknown',
    });
  });

  test('when somebody else has changed one since, then it is not undone over that', async ({ world }) => {
    const url = await openGateway(world);
    await gantryWell(world, 'gate', 'routes', 'set', 'mine', 'one');
    const put = { method: 'PUT', body: '{"model":"mine","endpoint":"http://127.0.0.1:1/v1"}' };
    expect(await json(fetch(`${url}/api/v1/routes`, put))).toMatchObject({ model: 'mine', request_count: 0 });
    expect((await world.gantry(['undo', '--yes'])).code).not.toBe(0);
    expect(await routesOf(world)).toMatchObject([{ endpoint: 'http://127.0.0.1:1/v1' }]);
    for (const endpoint of ['ftp://host', 'http://a:b@host', '../x', '']) {
      const body = JSON.stringify({ model: 'mine', endpoint });
      expect((await fetch(`${url}/api/v1/routes`, { method: 'PUT', body })).status).toBe(400);
    }
    expect((await ask(url, { model: 'mine', prompt: 'hi' })).status).toBe(502);
  });
});

test('given a route that leads back to the gateway, then that is noticed', async ({ world }) => {
  const url = await openGateway(world);
  await gantryWell(world, 'gate', 'routes', 'set', 'mine', url);
  const answer = await ask(url, { model: 'mine', prompt: 'hi' });
  expect([answer.status, await answer.json()]).toMatchObject([
    502,
    { error: { message: expect.stringContaining('The request came from this gateway itself.') } },
  ]);
});

describe('given models', () => {
  test('when one is added, then a worker serves it; when that is undone, then it is gone', async ({
    world,
  }) => {
    const url = await openGateway(world, 'llama-server');
    const file = world.path('home', 'phi3.q4.gguf');
    await writeFile(file, 'GGUF and more');
    const added = await gantryWell(world, 'gate', 'models', 'add', file, '--name', 'phi3', '--json');
    expect(added.json().data).toMatchObject({
      model: { name: 'phi3', format: 'gguf', size: 13, status: 'unloaded' },
    });
    const kept = world.path('work', '.test-models', 'phi3', 'phi3.q4.gguf');
    expect(await readFile(kept, 'utf8')).toBe('GGUF and more');
    await gantryWell(world, 'worker', 'spawn', 'llama-server', '--model', 'phi3', '--wait');
    expect(await json(fetch(`${url}/api/v1/models`))).toMatchObject([
      { name: 'phi3', size_bytes: 13, status: 'loaded', registered_at: expect.stringMatching(/^\d{4}-/) },
      { name: 'tinyllama', status: 'unloaded' },
    ]);
    const again = await gantryWell(world, 'gate', 'models', 'add', file, '--name', 'phi3', '--json');
    expect(again.json().receipt.steps).toMatchObject([{ status: 'skipped' }]);
    await writeFile(file, 'another one');
    expect(await errorOf(world, 'gate', 'models', 'add', file, '--name', 'phi3')).toMatchObject({
      code: 'gate-model-exists',
    });
    const plan = await world.gantry(['gate', 'models', 'remove', 'phi3']);
    expect([plan.code, plan.stdout + plan.stderr]).toEqual([9, expect.stringContaining('delete phi3')]);
    expect(await errorOf(world, 'gate', 'models', 'remove', 'phi3')).toMatchObject({
      message: expect.stringContaining('worker-llama-server-0 serves phi3, and has to be stopped first.'),
    });
    await gantryWell(world, 'worker', 'stop', '--all');
    await gantryWell(world, 'gate', 'models', 'remove', 'phi3');
    expect(await readdir(world.path('work', '.test-models'))).toEqual(['tinyllama']);
  });

  test('when one that it was not given is to be removed, then it stays', async ({ world }) => {
    const url = await openGateway(world);
    const remove = (name: string) => fetch(`${url}/api/v1/models/${name}`, { method: 'DELETE' });
    const refused = await remove('tinyllama');
    expect([refused.status, await refused.json()]).toMatchObject([
      409,
      { error: { code: 'model-not-ours' } },
    ]);
    expect(await readdir(world.path('work', '.test-models', 'tinyllama'))).toEqual(['tinyllama.gguf']);
    expect((await remove('nobody')).status).toBe(404);
    expect((await remove('..%2Ftinyllama')).status).toBe(404);
    expect(await errorOf(world, 'gate', 'models', 'remove', 'tinylama')).toMatchObject({
      code: 'gate-model-unknown',
      message: expect.stringContaining('did you mean tinyllama?'),
    });
  });

  test('when what is sent makes no sense, then nothing of it stays', async ({ world }) => {
    const url = await openGateway(world);
    const cases: [FormData, number][] = [
      [formOf('../evil', 'a.gguf'), 400],
      [formOf('.hidden', 'a.gguf'), 400],
      [formOf('a/b', 'a.gguf'), 400],
      [formOf('x'.repeat(2_000), 'a.gguf'), 400],
      [formOf('mine', '.bashrc'), 400],
      [formOf('mine', 'a.gguf', ''), 400],
      [formOf('tinyllama', 'other.gguf'), 409],
    ];
    for (const [body, status] of cases) expect((await post(url, body)).status).toBe(status);
    const cut = {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: '--b\r\n',
    };
    expect((await fetch(`${url}/api/v1/models`, cut)).status).toBe(400);
    expect((await fetch(`${url}/api/v1/models`, { method: 'POST', body: '{}' })).status).toBe(415);
    expect(await readdir(world.path('work', '.test-models'))).toEqual(['tinyllama']);
    expect(await readdir(world.path('work', '.test-models', 'tinyllama'))).toEqual(['tinyllama.gguf']);
    expect((await post(url, formOf(undefined, 'deep/er\\phi3.gguf'))).status).toBe(201);
    expect(await readdir(world.path('work', '.test-models', 'phi3'))).toEqual(['phi3.gguf']);
  });

  test('when sending one is broken off, or the daemon is killed meanwhile, then nothing of it stays', async ({
    world,
  }) => {
    const url = await openGateway(world);
    const models = world.path('work', '.test-models');
    const coming = async () => (await readdir(models)).some((name) => name.startsWith('.gate-'));
    const { writable, readable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.gguf"\r\n\r\nsome of it';
    const leaving = new AbortController();
    const send = () => ({
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      signal: leaving.signal,
      duplex: 'half',
    });
    const sent = fetch(`${url}/api/v1/models`, { ...send(), body: readable } as RequestInit).catch(() => {});
    await writer.write(Buffer.from(head));
    await until(coming, { what: 'it to come' });
    leaving.abort();
    await sent;
    await until(async () => !(await coming()), { what: 'it to be gone' });

    const large = world.path('home', 'large.gguf');
    await writeFile(large, '');
    await truncate(large, 2_000_000_000);
    const adding = world.startGantry(['gate', 'models', 'add', large]);
    await until(coming, { what: 'it to come' });
    await killDaemon(world);
    expect((await adding.exit).code).toBe(7);
    await gantryWell(world, 'daemon', 'start');
    await answers(url);
    expect(await readdir(models)).toEqual(['tinyllama']);
  });
});

describe('given a page in a browser', () => {
  test('when it wants to change something, then it may not, whichever page it is', async ({ world }) => {
    const url = await openGateway(world);
    const origins = ['http://evil.example', 'http://localhost:3000', url, 'null'];
    for (const origin of origins) {
      expect((await post(url, formOf('mine', 'a.gguf'), { origin })).status).toBe(403);
      const put = { method: 'PUT', headers: { origin }, body: '{"model":"a","endpoint":"b"}' };
      expect((await fetch(`${url}/api/v1/routes`, put)).status).toBe(403);
      const remove = { method: 'DELETE', headers: { origin } };
      expect((await fetch(`${url}/api/v1/models/tinyllama`, remove)).status).toBe(403);
    }
    expect((await fetch(`${url}/v1/models`, { headers: { origin: 'http://evil.example' } })).status).toBe(
      403,
    );
    expect((await fetch(`${url}/v1/models`, { headers: { origin: 'http://localhost:3000' } })).status).toBe(
      200,
    );
    expect(await readdir(world.path('work', '.test-models'))).toEqual(['tinyllama']);
  });
});

test('given another machine’s gateway, when something is changed there, then that is asked for', async ({
  world,
}) => {
  const { url, asked } = await openContract(world);
  const set = ['gate', 'routes', 'set', 'mine', 'one', '--url'];
  // Nobody goes by that name, and who listens everywhere hears of it.
  const waits = await world.gantry([...set, url.replace('127.0.0.1', '0.0.0.0')]);
  expect([waits.code, asked.some((line) => line.startsWith('PUT'))]).toEqual([9, false]);
  await gantryWell(world, ...set, url.replace('127.0.0.1', '0.0.0.0'));
  expect(asked).toContain('PUT {"model":"mine","endpoint":"one"}');
  expect((await world.gantry([...set.with(4, 'two'), url])).code).toBe(0);
});

test('given models in no place that anybody has named, then that is said, with how to name one', async ({
  world,
}) => {
  const port = await freePort();
  await gantryWell(world, 'gate', 'serve', '--port', String(port));
  const answer = await post(`http://127.0.0.1:${port}`, formOf('mine', 'a.gguf'));
  expect([answer.status, await answer.json()]).toMatchObject([409, { error: { code: 'models-nowhere' } }]);
  await gantryWell(world, 'gate', 'serve', '--models', 'kept');
  expect((await post(`http://127.0.0.1:${port}`, formOf('mine', 'a.gguf'))).status).toBe(201);
  expect((await stat(world.path('work', 'kept', 'mine', 'a.gguf'))).size).toBe(4);
});
