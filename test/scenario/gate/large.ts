import { readFileSync } from 'node:fs';
import { rm, stat, truncate, writeFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { openContract, send } from '../../rig/contract.ts';
import type { World } from '../../rig/home.ts';
import { daemonOf } from '../processes/house.ts';
import { openGateway } from './house.ts';

/** Bytes that neither side may ever have had at once. */
const MOST = 256 * 1_048_576;

/** A file that takes no room. */
export const sparse = async (world: World, size: number): Promise<string> => {
  const file = world.path('home', 'large.gguf');
  await writeFile(file, '');
  await truncate(file, size);
  return file;
};

/** To a gateway of the contract alone, which looks at the sender when it has all of it. */
export const sendElsewhere = async (world: World, size: number): Promise<void> => {
  let peak = 0;
  let got = 0;
  let pid: number | undefined;
  const { url } = await openContract(world, {
    'GET /api/v1/models': (response) => send(response, 200, []),
    'POST /api/v1/models': async (response, request) => {
      for await (const chunk of request as AsyncIterable<Buffer>) got += chunk.length;
      peak = peakOf(pid as number);
      expect(Number(request.headers['content-length'])).toBe(got);
      send(response, 201, { name: 'large', format: 'gguf', size_bytes: size, status: 'unloaded' });
    },
  });
  const adding = world.startGantry(['gate', 'models', 'add', await sparse(world, size), '--url', url]);
  pid = adding.pid;
  expect((await adding.exit).code).toBe(0);
  expect(got).toBeGreaterThan(size);
  expect(peak).toBeGreaterThan(0);
  expect(peak).toBeLessThan(MOST);
};

/** To our own gateway. */
export const sendHere = async (world: World, size: number): Promise<void> => {
  await openGateway(world);
  const adding = world.startGantry(['gate', 'models', 'add', await sparse(world, size)]);
  expect(await adding.exit).toMatchObject({ code: 0 });
  expect((await stat(world.path('work', '.test-models', 'large', 'large.gguf'))).size).toBe(size);
  expect(peakOf((await daemonOf(world)) as number)).toBeLessThan(MOST);
  await rm(world.path('work', '.test-models', 'large'), { recursive: true });
};

/** The most memory that a process has ever had, in bytes (Linux). */
const peakOf = (pid: number): number => {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1_024;
};
