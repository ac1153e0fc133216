import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { readHeader } from '../../../../src/engines/process/logs/header.ts';
import { filesOf, logFile } from '../../../../src/engines/process/logs/open.ts';
import type { LogLine, Retention } from '../../../../src/engines/process/logs/types.ts';
import type { World } from '../../../rig/home.ts';
import { test } from '../../../rig/test.ts';
import {
  allocated,
  end,
  keeperOf,
  LINE,
  leave,
  leaveIndex,
  linesOf,
  numbered,
  reader,
  startWriter,
  textsOf,
  write,
} from './rig.ts';

const NOON = Date.parse('2026-11-21T12:00:00Z');
const SMALL = { size: 64 * 1024, count: 4 };

/** Punching is not for every system and file system. */
const canPunch = async (world: World) => {
  leave(world.path('trial'), 'x');
  const { code } = await world
    .run('fallocate', [...['--punch-hole', '--offset', '0', '--length', '1', logFile(world.path('trial'))]])
    .catch(() => ({ code: 1 }));
  return code === 0;
};

const UNABLE = 'this machine gives no space of a file back';

describe('a log that is kept to its size', () => {
  test('loses no line and tears none while it is written fast, given back and followed', async ({
    world,
    skip,
  }) => {
    skip(!(await canPunch(world)), UNABLE);
    const dir = world.path('log');
    const retention = { size: 2 ** 20, count: 40 };
    const writer = startWriter(world, dir);
    const keeper = await keeping(world, dir, retention);
    const [burst, bursts] = [100_000, 10];
    const stop = new AbortController();
    const lines = reader(dir, { follow: true, signal: stop.signal }).batches();
    let next = 0;
    const readTo = async (count: number) => {
      while (next < count) {
        const batch: LogLine[] = (await lines.next()).value ?? [];
        const wrong = batch.filter(({ text }, index) => text !== numbered(next + index));
        expect(wrong).toEqual([]);
        next += batch.length;
      }
    };
    for (let round = 1; round <= bursts; round += 1) {
      const written = writer.write(burst);
      // It is never further ahead than what is kept.
      await readTo((round - 1) * burst);
      await written;
    }
    await readTo(burst * bursts);
    stop.abort();
    await lines.next();
    keeper.send('settle');
    await once(keeper, 'message');
    expect(readHeader(dir)?.given).toBeGreaterThan(30 * retention.size);
    expectKept(dir, retention);
    const kept = await linesOf(dir);
    expect(kept[0]?.offset).toBe(readHeader(dir)?.given);
    expect(kept.map(({ text }) => text)).toEqual(
      kept.map((_, index) => numbered(bursts * burst - kept.length + index)),
    );
  });

  test('gives whole lines to who reads where it is given back', async ({ world, skip }) => {
    skip(!(await canPunch(world)), UNABLE);
    const dir = world.path('log');
    write(dir, 0, 10_000);
    const batches = reader(dir).batches();
    const first: LogLine[] = (await batches.next()).value ?? [];
    const keeper = keeperOf(world);
    keeper.add(dir, SMALL);
    await keeper.settle();
    const given = readHeader(dir)?.given ?? 0;
    const rest = (await Array.fromAsync(batches)).flat();
    expect(given).toBeGreaterThan(2 * first.length * LINE);
    expect(rest[0]?.offset).toBe(given);
    expect([...first, ...rest].filter(({ text, offset }) => text !== numbered(offset / LINE))).toEqual([]);
    expect(rest).toHaveLength(10_000 - given / LINE);
  });

  test('is whole after its keeper was killed at any moment', async ({ world, skip }) => {
    skip(!(await canPunch(world)), UNABLE);
    const dir = world.path('log');
    const writer = startWriter(world, dir);
    const rounds = 12;
    for (let round = 0; round < rounds; round += 1) {
      const keeper = await keeping(world, dir, SMALL);
      const written = writer.write(5000);
      keeper.send('settle');
      // Some are killed before they begin, some while they shorten the log, some afterwards.
      if (round % 3 > 0) await Promise.race([written, once(keeper, 'message')]);
      if (round % 3 > 1) await written;
      await end(keeper);
      await written;
      const lines = await linesOf(dir);
      expect(lines.map(({ text }) => text)).toEqual(
        lines.map((_, index) => numbered((round + 1) * 5000 - lines.length + index)),
      );
      expect(lines.length * LINE).toBeGreaterThanOrEqual(SMALL.size * SMALL.count);
    }
    const last = keeperOf(world);
    last.add(dir, SMALL);
    await last.settle();
    expectKept(dir, SMALL);
  });

  test('is finished by the next keeper where the last one had only said what it would give back', async ({
    world,
    skip,
  }) => {
    skip(!(await canPunch(world)), UNABLE);
    const dir = world.path('log');
    write(dir, 0, 10_000);
    leaveIndex(dir, [{ from: NOON, to: NOON, end: 10_000 * LINE }], 9000 * LINE);
    expect(await textsOf(dir)).toHaveLength(1000);
    const keeper = keeperOf(world);
    keeper.add(dir, SMALL);
    await keeper.settle();
    expect(allocated(dir)).toBeLessThan(1000 * LINE + SMALL.size);
    expect(await textsOf(dir)).toHaveLength(1000);
  });

  test('is cut within a line that is longer than all it may hold', async ({ world, skip }) => {
    skip(!(await canPunch(world)), UNABLE);
    const dir = world.path('log');
    leave(dir, `${'x'.repeat(2 ** 20)}\nlast\n`);
    const keeper = keeperOf(world);
    keeper.add(dir, SMALL);
    await keeper.settle();
    expect(allocated(dir)).toBeLessThan(SMALL.size * (SMALL.count + 2));
    expect(await textsOf(dir, { tail: 1 })).toEqual(['last']);
  });

  test('goes on in another file long before a file system ends', async ({ world }) => {
    const dir = world.path('log');
    leave(dir, '');
    truncateSync(logFile(dir), 2 ** 40);
    write(dir, 0, 1);
    expect(filesOf(dir)).toMatchObject([
      { base: 0 },
      { base: 2 ** 40 + 2 ** 32, end: 2 ** 40 + 2 ** 32 + LINE },
    ]);
  });

  test('goes on in another file with the next process where space can not be given back', async ({
    world,
  }) => {
    const dir = world.path('log');
    const told: string[] = [];
    const keeper = keeperOf(world, {
      env: { PATH: world.path('nothing') },
      log: (_, text) => told.push(text),
    });
    for (let start = 0; start < 6; start += 1) {
      write(dir, start * 2000, 2000);
      keeper.add(dir, SMALL);
      await keeper.settle();
    }
    expect(keeper.trouble(dir)).toMatchObject({
      code: 'log-not-shortened',
      message: expect.stringContaining('fallocate was not found'),
    });
    expect(told).toHaveLength(1);
    // Two files hold what must be kept; the older ones went whole.
    expect(filesOf(dir)).toHaveLength(2);
    expect(await textsOf(dir)).toEqual(Array.from({ length: 4000 }, (_, index) => numbered(8000 + index)));
    expect(await textsOf(dir, { tail: 2001 })).toHaveLength(2001);
  });

  test('makes room on a full disk, and what was written is whole', async ({ world, skip }) => {
    skip(!(await canPunch(world)), UNABLE);
    const script = join(import.meta.dirname, 'full-disk.ts');
    const mount = 'mount -t tmpfs -o size=2048k none "$1" || exit 77';
    const { size, count } = SMALL;
    const finished = await world
      .run('unshare', [
        ...['-rm', 'sh', '-c', `${mount}; exec "$0" "$2" "$1" ${size} ${count}`],
        ...[process.execPath, world.path('tmp'), script],
      ])
      .catch(() => ({ code: 77, json: undefined, stdout: '' }));
    skip(finished.code === 77, 'this machine lets nobody mount a disk');
    const told = JSON.parse(finished.stdout);
    expect(told).toMatchObject({ wrong: 0, trouble: null });
    expect(told.freed).toBeGreaterThan(2 * size);
    expect(told.kept * LINE).toBeGreaterThanOrEqual(size * count);
  });
});

/** A keeper in a process of its own, which can be killed. */
const keeping = async (world: World, dir: string, { size, count }: Retention): Promise<ChildProcess> => {
  const keeper = fork(join(import.meta.dirname, 'keeper.ts'), [dir, String(size), String(count)], {
    env: world.env,
  });
  world.defer(() => end(keeper));
  await once(keeper, 'message');
  return keeper;
};

const expectKept = (dir: string, { size, count }: Retention) => {
  expect(allocated(dir)).toBeGreaterThanOrEqual(size * count);
  // A part that is not full yet, one of the file system's blocks at each end, and the line at the cut.
  expect(allocated(dir)).toBeLessThanOrEqual(size * (count + 1) + 16 * 1024);
  const gone = readFileSync(logFile(dir)).subarray(0, readHeader(dir)?.given);
  expect(gone.equals(Buffer.alloc(gone.length))).toBe(true);
};
