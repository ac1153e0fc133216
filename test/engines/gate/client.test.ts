import { mkdir, writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { gatewayFor } from '#engines/gate/address.ts';
import { readTest } from '#engines/gate/infer.ts';
import { followLogs } from '#engines/gate/logs.ts';
import { readModels } from '#engines/gate/models.ts';
import { readRoutes } from '#engines/gate/routes.ts';
import { readHealth, readStatus, verdict } from '#engines/gate/status.ts';
import { testContext } from '../../rig/context.ts';
import { openContract, send } from '../../rig/contract.ts';
import type { World } from '../../rig/home.ts';
import { freePort } from '../../rig/port.ts';
import { test } from '../../rig/test.ts';

const question = async (world: World, text: string) => {
  await writeFile(world.path('work', 'question.json'), text);
  return 'question.json';
};

describe('a gateway of the contract alone', () => {
  test('tells of its health, its models and its routes', async ({ world }) => {
    const { url } = await openContract(world);
    const context = testContext(world);
    expect(await readHealth({ url }, context)).toEqual({
      ...{ status: 'degraded', version: '0.3.1', uptime: 61, models: 1 },
    });
    expect(await readModels({ url }, context)).toEqual({
      models: [{ name: 'phi 3', format: 'onnx', size: 7, status: 'loaded', registeredAt: null }],
    });
    expect(await readRoutes({ url }, context)).toEqual({ routes: [] });
  });

  test('is asked for an answer with what is in a file, whatever that is', async ({ world }) => {
    const { url } = await openContract(world);
    const input = await question(world, '{"tensor":[1,2]}');
    expect(await readTest({ model: 'phi 3', input, url }, testContext(world))).toEqual({
      ...{ model: 'phi 3', output: { echo: { tensor: [1, 2] } }, latency: 12.5, tokens: null },
      roundTrip: expect.any(Number),
    });
  });

  test('tells its log as events, of which comments, names and ids are none', async ({ world }) => {
    const { url, asked } = await openContract(world);
    const events = await Array.fromAsync(followLogs({ follow: false, url }, testContext(world)));
    expect(events.map(({ message }) => message)).toEqual(['one', 'two', 'three']);
    expect(events[0]).toMatchObject({ level: 'info', fields: { model: 'phi 3' } });
    expect(asked).toEqual(['GET /api/v1/logs?follow=false']);
  });
});

describe('what goes wrong is told as what it is', () => {
  test('nobody listens', async ({ world }) => {
    const url = `http://127.0.0.1:${await freePort()}`;
    await expect(readHealth({ url }, testContext(world))).rejects.toMatchObject({
      failure: { code: 'gate-unreachable', exit: 'network', message: `${url}: nothing listens there.` },
    });
    const status = await readStatus({ url }, testContext(world));
    expect(status).toMatchObject({ url, health: null, problem: `${url}: nothing listens there.` });
    expect(verdict(status)).toMatchObject({ code: 'gate-unreachable' });
  });

  test('it does not answer in time, neither at all nor to the end', async ({ world }) => {
    const { url } = await openContract(world, {
      'GET /health': () => undefined,
      'GET /api/v1/models': (response) => response.writeHead(200).write('['),
    });
    const failure = { code: 'gate-timeout', details: { url, seconds: 0.05 } };
    for (const read of [readHealth, readModels])
      await expect(read({ url, within: 0.05 }, testContext(world))).rejects.toMatchObject({ failure });
  });

  test('it fails, in its own words', async ({ world }) => {
    const { url } = await openContract(world, {
      'GET /health': (response) => send(response, 500, 'out of order'),
      'GET /api/v1/models': (response) => send(response, 503, { error: { message: 'too busy' } }),
    });
    await expect(readHealth({ url }, testContext(world))).rejects.toMatchObject({
      failure: {
        code: 'gate-failed',
        message: `${url} answered 500: out of order`,
        details: { status: 500 },
      },
    });
    await expect(readModels({ url }, testContext(world))).rejects.toMatchObject({
      failure: { code: 'gate-failed', message: `${url} answered 503: too busy` },
    });
  });

  test('it knows no such model, or has no such path', async ({ world }) => {
    const { url } = await openContract(world);
    const input = await question(world, '{}');
    await expect(readTest({ model: 'phi 4', input, url }, testContext(world))).rejects.toMatchObject({
      failure: { code: 'gate-model-unknown', details: { model: 'phi 4' } },
    });
    const wrong = { url: `${url}/elsewhere` };
    await expect(readHealth(wrong, testContext(world))).rejects.toMatchObject({
      failure: { code: 'gate-failed', details: { status: 404 } },
    });
  });

  test.for(['no JSON', '[1', '{"status":"healthy"}', '[{"name":7}]', ''])(
    'it answers what makes no sense: %s',
    async (body, { world }) => {
      const answer = (response: Parameters<typeof send>[0]) => send(response, 200, body);
      const { url } = await openContract(world, { 'GET /health': answer, 'GET /api/v1/models': answer });
      for (const read of [readHealth, readModels])
        await expect(read({ url }, testContext(world))).rejects.toMatchObject({
          failure: { code: 'gate-broken' },
        });
    },
  );

  test('it hangs up', async ({ world }) => {
    const { url } = await openContract(world, {
      'GET /health': (response) => response.destroy(),
      'GET /api/v1/logs': (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('data: {"message":"one"}\n\n', () => response.destroy());
      },
    });
    const failure = { code: 'gate-unreachable' };
    await expect(readHealth({ url }, testContext(world))).rejects.toMatchObject({ failure });
    const logs = followLogs({ follow: true, url }, testContext(world));
    expect(await logs.next()).toMatchObject({ value: { message: 'one' } });
    await expect(logs.next()).rejects.toMatchObject({ failure });
  });

  test('the file is not there, or no JSON', async ({ world }) => {
    const { url, asked } = await openContract(world);
    for (const input of ['nowhere.json', await question(world, 'no JSON')])
      await expect(readTest({ model: 'phi 3', input, url }, testContext(world))).rejects.toMatchObject({
        failure: { code: 'gate-file', exit: 'usage', details: { path: input } },
      });
    expect(asked).toEqual([]);
  });
});

describe('the address of a gateway', () => {
  test('is the option, else the variable, else the manifest, else the setting, else this machine', async ({
    world,
  }) => {
    await mkdir(world.path('work', '.smctl'));
    const manifest = '[workspace]\nname = "w"\n[gate]\nurl = "http://manifest:1/"\ntimeout_secs = 7\n';
    await writeFile(world.path('work', '.smctl', 'workspace.toml'), manifest);
    const env: Record<string, string> = { ...world.env, GANTRY_GATE_PORT: '4321' };
    const told = (workspace?: string, url?: string) =>
      gatewayFor({ url }, testContext(world, { env: { ...env }, workspace }));
    expect(await told()).toEqual({ url: 'http://localhost:4321', within: 30_000, from: 'default' });
    env.GANTRY_GATE_URL = 'http://setting:1';
    expect(await told()).toMatchObject({ url: 'http://setting:1', from: 'setting' });
    const root = world.path('work');
    expect(await told(root)).toEqual({ url: 'http://manifest:1', within: 7_000, from: 'workspace' });
    env.MODELGATE_URL = 'http://variable:1//';
    expect(await told(root)).toMatchObject({ url: 'http://variable:1', from: 'environment' });
    expect(await told(root, 'https://option/gate/')).toMatchObject({
      url: 'https://option/gate',
      from: 'option',
    });
  });

  test.for(['', 'localhost:8080', 'ftp://host', 'http://', 'http://a:secret@host', 'http://host?x=1', '-o'])(
    'is refused where it is none: %s',
    async (url, { world }) => {
      const asked = gatewayFor({ url }, testContext(world));
      await expect(asked).rejects.toMatchObject({ failure: { code: 'gate-address', exit: 'usage' } });
      await expect(asked).rejects.not.toThrow('secret');
    },
  );
});
