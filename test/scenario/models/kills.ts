import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'vitest';
import { CHUNK } from '../../../src/engines/download/transfer/chunks.ts';
import { layoutOf } from '../../../src/engines/download/transfer/layout.ts';
import { random } from '../../rig/faults.ts';
import type { World } from '../../rig/home.ts';
import { until } from '../../rig/until.ts';
import { killDaemon } from '../processes/house.ts';
import { succeed } from '../succeed.ts';
import { digestOf, hashOf, stageModels, TINY } from './stage.ts';

/** Bytes per second of one connection: slow enough that a kill strikes anywhere. */
const SLOW = 24_000_000;
/** Bytes that come between two kills at the most: now and then too few for a chunk. */
const APART = 24_000_000;

/**
 * Kills the daemon again and again while it downloads a model; then the model is there byte for byte, and no chunk that
 * was on record at a kill was asked for after it.
 */
export async function killDownloads(
  world: World,
  { seed, kills, size }: { seed: number; kills: number; size: number },
): Promise<void> {
  const stage = await stageModels(world, size);
  const { hub, bytes } = stage;
  const next = random(seed);
  const path = stage.pathOf(TINY);
  const { journal, part } = layoutOf({ directory: dirname(path), file: TINY.file, etag: digestOf(bytes) });
  hub.fault = ({ isBytes }) => (isBytes ? { slow: SLOW } : undefined);
  await begin();

  let rounds = 1;
  for (let kill = 0; kill < kills; kill += 1) {
    const mark = hub.sent() + next() * APART;
    await until(() => hub.sent() >= mark || isWhole(), { what: 'bytes to come', within: 60_000 });
    await killDaemon(world);
    const known = chunksIn(journal);
    const asked = hub.asked.length;
    if (isWhole()) {
      rounds += 1;
      await begin('--force');
      continue;
    }
    await succeed(world, ['daemon', 'start']);
    await until(() => hub.asked.length > asked || isWhole(), {
      what: 'the next daemon to go on',
      within: 60_000,
    });
    const again = hub.asked.slice(asked).flatMap(({ isBytes, range }) => (isBytes && range ? [range] : []));
    const twice = again.filter(({ start, end }) =>
      [...known].some((at) => at * CHUNK < end && at * CHUNK >= start),
    );
    expect(twice).toEqual([]);
  }

  hub.fault = undefined;
  await stage.comesTo(TINY, 'done');
  expect(await hashOf(path)).toBe(digestOf(bytes));
  console.log(`${kills} kills over ${rounds} downloads of ${size} bytes; ${hub.sent()} bytes were sent.`);

  async function begin(...options: string[]): Promise<void> {
    await succeed(world, ['models', 'download', TINY.id, ...options]);
    await until(() => !isWhole(), { what: 'it to begin', within: 60_000 });
  }

  function isWhole(): boolean {
    return !existsSync(part);
  }
}

function chunksIn(journal: string): Set<number> {
  try {
    const lines = readFileSync(journal, 'latin1').split('\n').slice(1);
    return new Set(lines.flatMap((line) => (/^\d+ \d+$/.test(line) ? [Number.parseInt(line, 10)] : [])));
  } catch {
    return new Set();
  }
}
