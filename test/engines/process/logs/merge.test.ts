import { appendFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { mergeLogs } from '../../../../src/engines/process/logs/merge.ts';
import { logFile } from '../../../../src/engines/process/logs/open.ts';
import type { LogLine, LogReader, MergedLine } from '../../../../src/engines/process/logs/types.ts';
import { test } from '../../../rig/test.ts';
import { leave, reader } from './rig.ts';

const said = (time: number, msg: string) => `${JSON.stringify({ time: 1_795_000_000_000 + time, msg })}\n`;

const told = ({ source, json, text }: MergedLine) => `${source}: ${json?.message ?? text}`;

const failing = (): LogReader => {
  async function* batches(): AsyncGenerator<LogLine[]> {
    yield [];
    throw new Error('the disk is gone');
  }
  return {
    batches,
    async *[Symbol.asyncIterator]() {
      for await (const batch of batches()) yield* batch;
    },
  };
};

describe('several logs', () => {
  test('come in the order of time, of equals the first named first, and each in its own order', async ({
    world,
  }) => {
    const [a, b] = [world.path('a'), world.path('b')];
    // The clock of b was set back.
    leave(a, said(1, 'one') + said(3, 'three') + said(5, 'five'));
    leave(b, said(1, 'one') + said(4, 'four') + said(2, 'late') + said(6, 'six'));
    const lines = await Array.fromAsync(
      mergeLogs([
        ['a', reader(a)],
        ['b', reader(b)],
        ['none', reader(world.path('none'))],
      ]),
    );
    expect(lines.map(told)).toEqual([
      'a: one',
      'b: one',
      'a: three',
      'b: four',
      'b: late',
      'a: five',
      'b: six',
    ]);
  });

  test('wait for no log that is silent', async ({ world }) => {
    const [a, b] = [world.path('a'), world.path('b')];
    leave(a, said(1, 'old'));
    leave(b, said(2, 'silent'));
    const stop = new AbortController();
    const options = { follow: true, signal: stop.signal };
    const merged = mergeLogs([
      ['a', reader(a, options)],
      ['b', reader(b, options)],
    ]);
    const next = async () => told((await merged.next()).value);
    expect([await next(), await next()]).toEqual(['a: old', 'b: silent']);
    for (const msg of ['first', 'second', 'third']) {
      const coming = next();
      appendFileSync(logFile(a), said(3, msg));
      expect(await coming).toBe(`a: ${msg}`);
    }
    stop.abort();
    expect(await merged.next()).toMatchObject({ done: true });
  });

  test('end with the first that fails', async ({ world }) => {
    const stop = new AbortController();
    const lines = Array.fromAsync(
      mergeLogs([
        ['a', reader(world.path('a'), { follow: true, signal: stop.signal })],
        ['b', failing()],
      ]),
    );
    await expect(lines).rejects.toThrow('the disk is gone');
    stop.abort();
  });
});
