import { readFileSync } from 'node:fs';
import { rm, stat, truncate, writeFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { openContract, send } from '../../rig/contract.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { daemonOf, gantryWell } from '../processes/house.ts';
import { openGateway } from './house.ts';

const SIZE = 400 * 1_048_576;

/** Bytes that neither side may ever have had at once. */
const MOST = 256 * 1_048_576;

/** A file that takes no room. */
const sparse = async (world: World, size = SIZE): Promise<string> => {
  const file = world.path('home', 'large.gguf');
  await writeFile(file, '');
  await truncate(file, size);
  return file;
};

/** The most memory that a process has ever had, in bytes (Linux). */
const peakOf = (pid: number): number => {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1_024;
};

test('given a large file, when it is sent, then it is never in memory, and its length is told first', async ({
  world,
}) => {
  let peak = 0;
  let size = 0;
  let pid: number | undefined;
  const { url } = await openContract(world, {
    'GET /api/v1/models': (response) => send(response, 200, []),
    'POST /api/v1/models': async (response, request) => {
      for await (const chunk of request as AsyncIterable<Buffer>) size += chunk.length;
      peak = peakOf(pid as number);
      expect(Number(request.headers['content-length'])).toBe(size);
      send(response, 201, { name: 'large', format: 'gguf', size_bytes: SIZE, status: 'unloaded' });
    },
  });
  const adding = world.startGantry(['gate', 'models', 'add', await sparse(world), '--url', url]);
  pid = adding.pid;
  expect((await adding.exit).code).toBe(0);
  expect(size).toBeGreaterThan(SIZE);
  expect(peak).toBeGreaterThan(0);
  expect(peak).toBeLessThan(MOST);
});

test('given a large file, when our own gateway is given it, then its daemon never has it in memory', async ({
  world,
}) => {
  await openGateway(world);
  const file = await sparse(world);
  await gantryWell(world, 'gate', 'models', 'add', file);
  expect((await stat(world.path('work', '.test-models', 'large', 'large.gguf'))).size).toBe(SIZE);
  expect(peakOf((await daemonOf(world)) as number)).toBeLessThan(MOST);
  await rm(world.path('work', '.test-models', 'large'), { recursive: true });
});

test('given a gateway that takes its time, when the sending is interrupted, then it ends at once', async ({
  world,
}) => {
  const taken = Promise.withResolvers<void>();
  const { url } = await openContract(world, {
    'GET /api/v1/models': (response) => send(response, 200, []),
    // It takes nothing beyond what is on its way already.
    'POST /api/v1/models': () => taken.resolve(),
  });
  const adding = world.startGantry(['gate', 'models', 'add', await sparse(world), '--url', url]);
  await taken.promise;
  const finished = await adding.stop('SIGINT');
  expect(finished.code).toBe(130);
});

test('given a gateway that refuses before it has all of it, then what it says is told', async ({ world }) => {
  const { url } = await openContract(world, {
    'GET /api/v1/models': (response) => send(response, 200, []),
    'POST /api/v1/models': (response, request) => {
      send(response, 507, { error: { message: 'no room' } });
      response.once('finish', () => request.resume());
    },
  });
  const added = await world.gantry(['gate', 'models', 'add', await sparse(world), '--url', url, '--json']);
  expect([added.code, added.json().error]).toMatchObject([
    7,
    { code: 'gate-failed', details: { status: 507 } },
  ]);
});

test('given a file that grows or shrinks meanwhile, then that is told, and it is not kept', async ({
  world,
}) => {
  const { url } = await openContract(world, {
    'GET /api/v1/models': (response) => send(response, 200, []),
    'POST /api/v1/models': async (response, request) => {
      await truncate(file, 10);
      for await (const _ of request as AsyncIterable<Buffer>);
      send(response, 201, {});
    },
  });
  const file = await sparse(world);
  const adding = await world.gantry(['gate', 'models', 'add', file, '--url', url, '--json']);
  expect(adding.json().error).toMatchObject({ code: 'gate-file-changed' });
});

test('given a gateway that takes nothing any more, then that is told in time', async ({ world }) => {
  const { url, asked } = await openContract(world, {
    'GET /api/v1/models': (response) => send(response, 200, []),
    'POST /api/v1/models': () => undefined,
  });
  const add = ['gate', 'models', 'add', await sparse(world), '--url', url, '--within', '2', '--json'];
  expect((await world.gantry(add)).json().error).toMatchObject({ code: 'gate-timeout' });
  await until(() => asked.includes('POST /api/v1/models'), { what: 'it to have been asked' });
});
