import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect } from 'vitest';
import { request } from '#engines/pipeline/step/request.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { documentWith, pipeline, runsDirectory, sh, somebodyIn } from './stage.ts';

const YES = { approval: { yes: true } } as const;

type Request = { method?: string; url?: string; headers: IncomingMessage['headers']; body: string };

/** A server on a free port of the loopback, with what it was asked. */
const serve = async (world: World, answer: (request: Request, response: ServerResponse) => void) => {
  const requests: Request[] = [];
  const server = createServer(async (incoming, response) => {
    const { method, url, headers } = incoming;
    const body = Buffer.concat(await Array.fromAsync(incoming)).toString();
    requests.push({ method, url, headers, body });
    answer(requests.at(-1) as Request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  world.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  return { requests, base: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

describe('a request', () => {
  test('has the method, the headers and the body of its step, and its answer is kept', async ({ world }) => {
    const { run } = somebodyIn(world);
    const { requests, base } = await serve(world, (_, response) => response.end('made\n'));
    await pipeline(world, 'hello.jos', {
      make: {
        type: 'http',
        url: `${base}/things`,
        method: 'post',
        headers: { 'X-Kind': 'test' },
        body: '{"a":1}',
      },
    });
    const { receipt, notes, data } = await run('hello', YES);
    expect(receipt.steps).toMatchObject([{ status: 'done', summary: 'make: 200 OK' }]);
    expect(requests).toMatchObject([
      { method: 'POST', url: '/things', headers: { 'x-kind': 'test' }, body: '{"a":1}' },
    ]);
    expect(notes).toContain('made');
    expect(readFileSync(`${runsDirectory(world)}/${data.run}/1-make.log`, 'utf8')).toBe('made\n');
  });

  test('that only asks is a GET unless told, and runs as it is', async ({ world }) => {
    const { plan, run } = somebodyIn(world);
    const { requests, base } = await serve(world, (_, response) => response.end());
    await documentWith(world, 'hello.jos', { ask: { type: 'http', url: `${base}/` } });
    const { described, needsApproval } = await plan('hello');
    expect(described[0]?.calls).toMatchObject([{ summary: `run ask: GET ${base}/`, effect: 'write' }]);
    expect(needsApproval).toBe(false);
    expect((await run('hello')).receipt.status).toBe('done');
    expect(requests).toMatchObject([{ method: 'GET' }]);
  });

  test('that changes something elsewhere waits for a yes', async ({ world }) => {
    const { outcome, plan } = somebodyIn(world);
    const { requests, base } = await serve(world, (_, response) => response.end());
    await pipeline(world, 'hello.jos', { drop: { type: 'http', url: `${base}/`, method: 'DELETE' } });
    expect((await plan('hello')).described[0]?.calls).toMatchObject([{ effect: 'outward' }]);
    expect(await outcome('hello')).toMatchObject({ kind: 'approval' });
    expect(requests).toEqual([]);
  });

  test.for([
    [204, 'done', '204 No Content'],
    [404, 'failed', '404 Not Found'],
    [500, 'failed', '500 Internal Server Error'],
  ] as const)('that is answered with %i is %s', async ([status, outcome, said], { world }) => {
    const { run } = somebodyIn(world);
    const { base } = await serve(world, (_, response) => response.writeHead(status).end());
    await pipeline(world, 'hello.jos', { ask: { type: 'http', url: base } });
    const { receipt, data, failure } = await run('hello');
    expect(receipt.status).toBe(outcome);
    expect(data.steps).toMatchObject([{ said }]);
    expect(failure?.code).toBe(outcome === 'failed' ? 'request-failed' : undefined);
  });

  test('is not led elsewhere', async ({ world }) => {
    const { run } = somebodyIn(world);
    const { requests, base } = await serve(world, (_, response) =>
      response.writeHead(302, { location: '/elsewhere' }).end(),
    );
    await pipeline(world, 'hello.jos', { ask: { type: 'http', url: `${base}/here` } });
    expect((await run('hello')).receipt.steps).toMatchObject([{ summary: 'ask: 302 Found, to /elsewhere' }]);
    expect(requests).toHaveLength(1);
  });

  test('that nobody answers fails, and is tried again', async ({ world }) => {
    const { run } = somebodyIn(world);
    const { requests, base } = await serve(world, (_, response) =>
      requests.length === 1 ? response.destroy() : response.end('at last'),
    );
    await pipeline(
      world,
      'hello.jos',
      { ask: { type: 'http', url: base } },
      {
        more: { guardrails: { avoid: [], max_retries: 1 }, x_run_params: { a: 1 } },
      },
    );
    const { data, notes } = await run('hello');
    expect(data.steps).toMatchObject([{ status: 'done', attempts: 2 }]);
    expect(notes).toContain('at last');
  });

  test('that takes too long is ended', async ({ world }) => {
    const { run } = somebodyIn(world);
    const { base } = await serve(world, (_, response) => void response.write('and so on\n'));
    await pipeline(
      world,
      'hello.jos',
      { ask: { type: 'http', url: base } },
      {
        more: { guardrails: { avoid: [], timeout_ms: 300 } },
      },
    );
    expect((await run('hello')).failure?.code).toBe('step-timeout');
  });

  test.for([
    ['before', () => {}],
    ['in the middle of', (response: ServerResponse) => void response.write('and so on\n')],
  ] as const)('that hears nothing %s its answer gives up', async ([, answer], { world }) => {
    const { base } = await serve(world, (_, response) => answer(response));
    const ended = await request({
      ...{ url: base, method: 'GET', headers: {}, body: null, silence: 100 },
      signal: new AbortController().signal,
      heard: () => {},
    });
    expect(ended).toEqual({ ok: false, said: 'nothing came for 100 ms' });
  });

  test('reads no more than a part of an answer that never ends', async ({ world }) => {
    const { run } = somebodyIn(world);
    const { base } = await serve(world, (_, response) => {
      const more = () => void (response.destroyed || response.write(`${'x'.repeat(65_535)}\n`, more));
      more();
    });
    await pipeline(world, 'hello.jos', { ask: { type: 'http', url: base } });
    const { receipt, data } = await run('hello');
    expect(receipt.status).toBe('done');
    const kept = readFileSync(`${runsDirectory(world)}/${data.run}/1-ask.log`, 'utf8');
    expect(kept.length).toBeLessThan(1_100_000);
    expect(kept.trimEnd().split('\n').at(-1)).toBe('The answer goes on; the rest of it was not read.');
  });

  test('that nobody listens to says so', async ({ world }) => {
    const { run } = somebodyIn(world);
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    await new Promise((closed) => server.close(closed));
    await pipeline(world, 'hello.jos', { ask: { type: 'http', url: `http://127.0.0.1:${port}/` } });
    expect((await run('hello')).failure?.message).toBe('ask: connection refused.');
  });
});

describe('a header that is a secret', () => {
  test('is sent, and stands in no plan and no journal', async ({ world }) => {
    const { run, plan, read } = somebodyIn(world);
    const { requests, base } = await serve(world, (_, response) => response.end());
    await pipeline(world, 'hello.jos', {
      ask: { type: 'http', url: base, headers: { Authorization: 'Bearer hunter2' } },
    });
    const shown = await plan('hello');
    const { receipt } = await run('hello');
    expect(requests).toMatchObject([{ headers: { authorization: 'Bearer hunter2' } }]);
    const kept = await read('activity.show', { id: receipt.activity });
    expect(JSON.stringify([shown, receipt, kept])).not.toContain('hunter2');
  });

  test('that was changed since it was planned is not sent', async ({ world }) => {
    const { run } = somebodyIn(world);
    const { requests, base } = await serve(world, (_, response) => response.end());
    await pipeline(world, 'hello.jos', {
      change: sh('sed s/hunter2/hunter3/ hello.jos > new && mv new hello.jos'),
      ask: { type: 'http', url: base, headers: { Authorization: 'Bearer hunter2' } },
    });
    expect((await run('hello')).failure).toMatchObject({ code: 'artifact-moved' });
    expect(requests).toEqual([]);
  });
});
