import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, closeSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { readIndex } from '../../../../src/engines/process/logs/index-file.ts';
import { filesOf, logFile, openForWriting } from '../../../../src/engines/process/logs/open.ts';
import { test } from '../../../rig/test.ts';
import { until } from '../../../rig/until.ts';
import { keeperOf, LINE, leaveIndex, linesOf, numbered, textsOf, write } from './rig.ts';

const NOON = Date.parse('2026-11-21T12:00:00Z');
const HOUR = 3_600_000;
const SMALL = { size: 64 * 1024, count: 4 };
const PLENTY = { size: 2 ** 30, count: 1 };

describe('the times of a log that is kept', () => {
  test('are those of its samples, whatever the clock does', async ({ world }) => {
    const dir = world.path('log');
    let now = NOON;
    closeSync(openForWriting(dir));
    const keeper = keeperOf(world, { now: () => now });
    keeper.add(dir, PLENTY);
    const moments = [NOON + 1000, NOON + HOUR, NOON - HOUR, NOON + 2 * HOUR];
    for (const [index, moment] of moments.entries()) {
      await keeper.settle();
      now = moment;
      await keeper.settle();
      write(dir, index * 10, 10);
      await keeper.settle();
    }
    const lines = await linesOf(dir);
    expect(lines.map(({ at }) => at)).toEqual(moments.flatMap((moment) => Array(10).fill(moment)));
    expect(lines.every(({ approximate }) => approximate === undefined)).toBe(true);
    expect(await textsOf(dir, { since: NOON + 2 * HOUR })).toEqual(
      Array.from({ length: 10 }, (_, index) => numbered(30 + index)),
    );
    expect(await textsOf(dir, { until: NOON - HOUR })).toHaveLength(10);
  });

  test('are a span where nobody watched', async ({ world }) => {
    const dir = world.path('log');
    write(dir, 0, 10);
    const first = keeperOf(world);
    first.add(dir, PLENTY);
    await first.close();
    const index = readIndex(dir);
    leaveIndex(dir, [{ from: NOON - HOUR, to: NOON - HOUR, end: 10 * LINE }]);
    write(dir, 10, 10);
    const second = keeperOf(world);
    second.add(dir, PLENTY);
    await second.settle();
    expect(index.stretches).toHaveLength(1);
    const [, unwatched] = readIndex(dir).stretches;
    expect(unwatched).toMatchObject({ from: NOON - HOUR, to: filesOf(dir)[0]?.modified, end: 20 * LINE });
    expect((await linesOf(dir)).map(({ approximate }) => approximate)).toEqual([
      ...Array(10).fill(undefined),
      ...Array(10).fill(true),
    ]);
  });

  test('come without being asked for', async ({ world }) => {
    const dir = world.path('log');
    closeSync(openForWriting(dir));
    const keeper = keeperOf(world);
    keeper.add(dir, PLENTY);
    write(dir, 0, 1);
    await until(() => readIndex(dir).stretches.length > 0, { what: 'a sample' });
    expect(readIndex(dir).stretches).toMatchObject([{ end: LINE }]);
  });

  test('take little room, however long a log is written', async ({ world }) => {
    const dir = world.path('log');
    let now = NOON;
    closeSync(openForWriting(dir));
    const keeper = keeperOf(world, { now: () => now });
    keeper.add(dir, PLENTY);
    for (let number = 0; number < 9000; number += 1) {
      await keeper.settle();
      now += number % 2 === 0 ? 100 : HOUR;
      await keeper.settle();
      appendFileSync(logFile(dir), 'x\n');
    }
    await keeper.settle();
    const { stretches } = readIndex(dir);
    expect(stretches.length).toBeLessThan(8192);
    expect(stretches.at(-1)).toEqual({ from: now, to: now, end: 18_000 });
    // What was joined lay a tenth of a second apart, not an hour.
    expect(stretches.every(({ from, to }) => to - from <= 100)).toBe(true);
  });
});

describe('a log that somebody handles', () => {
  test('is kept from its new beginning when it was emptied, and that is told', async ({ world }) => {
    const dir = world.path('log');
    write(dir, 0, 100);
    const keeper = keeperOf(world);
    keeper.add(dir, PLENTY);
    await keeper.settle();
    truncateSync(logFile(dir));
    write(dir, 0, 10);
    await keeper.settle();
    expect(keeper.trouble(dir)).toMatchObject({ code: 'log-emptied' });
    expect(readIndex(dir).stretches).toMatchObject([{ end: 10 * LINE }]);
    expect(await textsOf(dir)).toHaveLength(10);
  });

  test('is told to be gone when it was removed, and kept again from the next start', async ({ world }) => {
    const dir = world.path('log');
    write(dir, 0, 10);
    const keeper = keeperOf(world);
    keeper.add(dir, PLENTY);
    rmSync(logFile(dir));
    await keeper.settle();
    expect(keeper.trouble(dir)).toMatchObject({ code: 'log-removed' });
    write(dir, 0, 5);
    keeper.add(dir, PLENTY);
    await keeper.settle();
    expect(keeper.trouble(dir)).toBeUndefined();
    expect(await textsOf(dir)).toHaveLength(5);
  });

  test('that was emptied and written again while nobody watched is kept as it is now', async ({ world }) => {
    const dir = world.path('log');
    write(dir, 0, 200);
    leaveIndex(dir, [{ from: NOON, to: NOON, end: 150 * LINE }], 100 * LINE - 50);
    const keeper = keeperOf(world);
    keeper.add(dir, SMALL);
    await keeper.settle();
    expect(await textsOf(dir)).toHaveLength(200);
    expect(keeper.trouble(dir)).toMatchObject({ code: 'log-emptied' });
  });

  test('has a new index where somebody removed it, or another version wrote it', async ({ world }) => {
    const dir = world.path('log');
    write(dir, 0, 10);
    writeFileSync(join(dir, 'index'), Buffer.alloc(4000, 1));
    const keeper = keeperOf(world);
    keeper.add(dir, PLENTY);
    await keeper.settle();
    expect(readIndex(dir).stretches).toMatchObject([{ end: 10 * LINE }]);
    rmSync(join(dir, 'index'));
    write(dir, 10, 10);
    await keeper.settle();
    expect(readIndex(dir).stretches).toMatchObject([{ end: 20 * LINE }]);
    expect(await textsOf(dir)).toHaveLength(20);
  });

  test('is emptied by a program that opens its output anew, and goes on from there', async ({
    world,
    skip,
  }) => {
    skip(process.platform !== 'linux', 'only Linux opens the file itself');
    const dir = world.path('log');
    const output = openForWriting(dir);
    const keeper = keeperOf(world);
    keeper.add(dir, PLENTY);
    write(dir, 0, 10);
    await keeper.settle();
    const shell = spawn('/bin/sh', ['-c', 'echo new > /dev/stderr; echo next; echo last >&2'], {
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    await once(shell, 'exit');
    await keeper.settle();
    expect(await textsOf(dir)).toEqual(['new', 'next', 'last']);
    expect(keeper.trouble(dir)).toMatchObject({ code: 'log-emptied' });
  });
});
