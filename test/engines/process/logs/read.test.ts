import { appendFileSync, truncateSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { logFile } from '../../../../src/engines/process/logs/open.ts';
import { test } from '../../../rig/test.ts';
import { allocated, LINE, leave, leaveIndex, linesOf, numbered, textsOf } from './rig.ts';

const MINUTE = 60_000;
const NOON = Date.parse('2026-11-21T12:00:00Z');

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const content = (count: number) =>
  numbers(count)
    .map((number) => `${numbered(number)}\n`)
    .join('');

describe('reading a log', () => {
  test('without any file gives no lines', async ({ world }) => {
    expect(await textsOf(world.path('none'))).toEqual([]);
    expect(await textsOf(world.path('none'), { tail: 5 })).toEqual([]);
  });

  test('gives every line with its position', async ({ world }) => {
    const dir = world.path('log');
    leave(dir, 'one\ntwo\r\nlast');
    expect(await linesOf(dir)).toMatchObject([
      { offset: 0, text: 'one' },
      { offset: 4, text: 'two' },
      { offset: 9, text: 'last' },
    ]);
    expect(await textsOf(dir, { from: 4 })).toEqual(['two', 'last']);
    expect(await textsOf(dir, { from: 5 })).toEqual(['last']);
    expect(await textsOf(dir, { before: 9 })).toEqual(['one', 'two']);
    expect(await textsOf(dir, { from: 4, before: 9 })).toEqual(['two']);
    expect(await textsOf(dir, { before: 9, tail: 1 })).toEqual(['two']);
    expect(await textsOf(dir, { before: 0, tail: 1 })).toEqual([]);
  });

  test('goes back page by page without a gap and without a line twice', async ({ world }) => {
    const dir = world.path('log');
    leave(dir, content(900));
    leave(dir, content(100), 2 ** 32);
    const pages: string[][] = [];
    let before = Number.MAX_SAFE_INTEGER;
    for (;;) {
      const page = await linesOf(dir, { before, tail: 70 });
      if (page.length === 0) break;
      before = page[0]?.offset ?? 0;
      pages.unshift(page.map(({ text }) => text));
    }
    expect(pages.flat()).toEqual(await textsOf(dir));
  });

  test('finds the last lines as if it had read all of them', async ({ world }) => {
    const dir = world.path('log');
    const lines = fc.array(fc.oneof(fc.constantFrom('', 'a', 'bb'), fc.constant('c'.repeat(70_000))), {
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(lines, fc.nat(12), fc.boolean(), async (texts, tail, isEnded) => {
        leave(dir, texts.join('\n') + (isEnded && texts.length > 0 ? '\n' : ''));
        const all = await textsOf(dir);
        expect(await textsOf(dir, { tail })).toEqual(tail === 0 ? [] : all.slice(-tail));
        expect(await textsOf(dir, { tail, grep: /a|c/g })).toEqual(
          tail === 0 ? [] : all.filter((text) => /a|c/.test(text)).slice(-tail),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('over several files, whose last lines need no end', async ({ world }) => {
    const dir = world.path('log');
    leave(dir, 'one\ntwo');
    leave(dir, 'three\n', 2 ** 32);
    expect(await linesOf(dir)).toMatchObject([
      { offset: 0, text: 'one' },
      { offset: 4, text: 'two' },
      { offset: 2 ** 32, text: 'three' },
    ]);
    expect(await textsOf(dir, { tail: 2 })).toEqual(['two', 'three']);
  });

  test('filters by expression, its opposite and level', async ({ world }) => {
    const dir = world.path('log');
    leave(dir, 'INFO up\nWARN low\nno level\n{"level":"error","msg":"up"}\n');
    expect(await textsOf(dir, { grep: /up/g })).toEqual(['INFO up', '{"level":"error","msg":"up"}']);
    expect(await textsOf(dir, { grep: /up/, invert: true })).toEqual(['WARN low', 'no level']);
    expect(await textsOf(dir, { level: 'warn' })).toEqual(['WARN low', '{"level":"error","msg":"up"}']);
  });

  test('of 64 gigabytes reads no more than it must', async ({ world }) => {
    const dir = world.path('log');
    const size = 2 ** 36;
    leave(dir, '');
    truncateSync(logFile(dir), size);
    appendFileSync(logFile(dir), `\n${content(1000)}`);
    leaveIndex(dir, [
      { from: NOON, to: NOON, end: size + 1 },
      { from: NOON + MINUTE, to: NOON + MINUTE, end: size + 1 + 1000 * LINE },
    ]);
    expect(allocated(dir)).toBeLessThan(2 ** 20);
    expect(await textsOf(dir, { tail: 3 })).toEqual([997, 998, 999].map(numbered));
    expect(await textsOf(dir, { since: NOON + 1 })).toHaveLength(1000);
  });

  test('can be given up', async ({ world }) => {
    const dir = world.path('log');
    leave(dir, content(10));
    const signal = AbortSignal.abort();
    await expect(textsOf(dir, { signal })).rejects.toThrow('aborted');
  });
});

describe('reading by time', () => {
  test('gives the lines of that time, also those that a sample went through', async ({ world }) => {
    const dir = world.path('log');
    leave(dir, content(40));
    // Each sample but the last was taken in the middle of a line.
    leaveIndex(dir, [
      { from: NOON, to: NOON, end: 10 * LINE - 50 },
      { from: NOON + MINUTE, to: NOON + MINUTE, end: 20 * LINE - 50 },
      { from: NOON + 2 * MINUTE, to: NOON + 2 * MINUTE, end: 30 * LINE - 50 },
      { from: NOON + 3 * MINUTE, to: NOON + 3 * MINUTE, end: 40 * LINE },
    ]);
    const between = { since: NOON + MINUTE, until: NOON + 2 * MINUTE };
    expect(await textsOf(dir, between)).toEqual(numbers(20).map((number) => numbered(number + 10)));
    expect(await textsOf(dir, { ...between, tail: 2 })).toEqual([28, 29].map(numbered));
    expect(await textsOf(dir, { until: NOON })).toEqual(numbers(10).map(numbered));
    expect(await textsOf(dir, { since: NOON + 4 * MINUTE })).toEqual([]);
    expect((await linesOf(dir, { tail: 1 }))[0]).toMatchObject({ at: NOON + 3 * MINUTE });
  });

  test('calls approximate what nobody watched, and leaves none of it out', async ({ world }) => {
    const dir = world.path('log');
    leave(dir, content(20));
    leaveIndex(dir, [
      { from: NOON, to: NOON, end: 10 * LINE },
      { from: NOON, to: NOON + 10 * MINUTE, end: 20 * LINE },
    ]);
    const lines = await linesOf(dir, { since: NOON + 5 * MINUTE });
    expect(lines.map(({ text }) => text)).toEqual(numbers(10).map((number) => numbered(number + 10)));
    expect(lines.map(({ at, approximate }) => [at, approximate])).toEqual(
      numbers(10).map((number) => [NOON + number * MINUTE, true]),
    );
    expect(await linesOf(dir, { until: NOON - 1 })).toEqual([]);
  });

  test('finds its lines when the clock was set back in between', async ({ world }) => {
    const dir = world.path('log');
    leave(dir, content(30));
    leaveIndex(dir, [
      { from: NOON, to: NOON, end: 10 * LINE },
      { from: NOON - 60 * MINUTE, to: NOON - 60 * MINUTE, end: 20 * LINE },
      { from: NOON + MINUTE, to: NOON + MINUTE, end: 30 * LINE },
    ]);
    const firstAndLast = [...numbers(10), ...numbers(10).map((number) => number + 20)];
    expect(await textsOf(dir, { since: NOON })).toEqual(firstAndLast.map(numbered));
    expect(await textsOf(dir, { until: NOON - MINUTE })).toEqual(
      numbers(10).map((number) => numbered(number + 10)),
    );
  });

  test('believes lines that tell their own time', async ({ world }) => {
    const dir = world.path('log');
    const said = (at: number) => `${JSON.stringify({ time: new Date(at).toISOString() })}\n`;
    const lines = said(NOON) + said(NOON + 1) + said(NOON + 2);
    leave(dir, lines);
    // The program wrote what it had gathered for a while.
    leaveIndex(dir, [{ from: NOON + 20_000, to: NOON + 20_000, end: lines.length }]);
    expect(await linesOf(dir, { since: NOON + 1, until: NOON + 1 })).toMatchObject([
      { at: NOON + 1, text: said(NOON + 1).trim(), json: { time: NOON + 1 } },
    ]);
  });

  test('does without an index, and one that a power failure left in pieces', async ({ world }) => {
    const dir = world.path('log');
    leave(dir, content(10));
    expect(await textsOf(dir, { since: Date.now() - MINUTE })).toHaveLength(10);
    leaveIndex(dir, [
      { from: NOON, to: NOON, end: 5 * LINE },
      { from: 0, to: 0, end: 0 },
      { from: NOON, to: Number.NaN, end: 7 * LINE },
    ]);
    expect(await textsOf(dir, { until: NOON })).toEqual(expect.arrayContaining(numbers(5).map(numbered)));
    expect(await textsOf(dir)).toHaveLength(10);
  });
});
