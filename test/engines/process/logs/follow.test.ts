import { appendFileSync, truncateSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { logFile } from '../../../../src/engines/process/logs/open.ts';
import type { LogLine } from '../../../../src/engines/process/logs/types.ts';
import { test } from '../../../rig/test.ts';
import { leave, numbered, reader, startWriter } from './rig.ts';

/** A reader that follows, asked for one line after the other. */
const follow = (dir: string, options: Parameters<typeof reader>[1] = {}) => {
  const stop = new AbortController();
  const lines = reader(dir, { follow: true, signal: stop.signal, ...options })[Symbol.asyncIterator]();
  return {
    next: async (): Promise<LogLine> => (await lines.next()).value,
    end: async () => {
      stop.abort();
      expect(await lines.next()).toEqual({ done: true, value: undefined });
    },
  };
};

describe('following a log', () => {
  test('gives what is there and then every line as it is written', async ({ world }) => {
    const dir = world.path('log');
    leave(dir, 'one\ntwo\n');
    const before = Date.now();
    const lines = follow(dir);
    expect(await lines.next()).toMatchObject({ offset: 0, text: 'one' });
    expect(await lines.next()).toMatchObject({ offset: 4, text: 'two' });
    const third = lines.next();
    appendFileSync(logFile(dir), 'three\n');
    expect(await third).toMatchObject({ offset: 8, text: 'three' });
    expect((await third).at).toBeGreaterThanOrEqual(before);
    await lines.end();
  });

  test('waits for the end of a line that is being written', async ({ world }) => {
    const dir = world.path('log');
    leave(dir, 'one\nbeg');
    const lines = follow(dir, { tail: 0 });
    const next = lines.next();
    appendFileSync(logFile(dir), 'un');
    appendFileSync(logFile(dir), '\nmore\n');
    expect(await next).toMatchObject({ offset: 4, text: 'begun' });
    expect(await lines.next()).toMatchObject({ text: 'more' });
    await lines.end();
  });

  test('goes on when somebody empties the file', async ({ world }) => {
    const dir = world.path('log');
    leave(dir, 'one\ntwo\nthree\n');
    const lines = follow(dir, { tail: 1 });
    expect(await lines.next()).toMatchObject({ text: 'three' });
    const next = lines.next();
    truncateSync(logFile(dir));
    appendFileSync(logFile(dir), 'new\n');
    expect(await next).toMatchObject({ offset: 0, text: 'new' });
    await lines.end();
  });

  test('goes on in the file that a process begins, after the last line of the one before', async ({
    world,
  }) => {
    const dir = world.path('log');
    leave(dir, 'one\nno end');
    const lines = follow(dir);
    expect(await lines.next()).toMatchObject({ text: 'one' });
    const next = lines.next();
    leave(dir, 'other\n', 2 ** 32);
    expect(await next).toMatchObject({ offset: 4, text: 'no end' });
    expect(await lines.next()).toMatchObject({ offset: 2 ** 32, text: 'other' });
    await lines.end();
  });

  test('begins with a log that is not there yet', async ({ world }) => {
    const dir = world.path('log');
    const lines = follow(dir);
    const next = lines.next();
    leave(dir, 'first\n');
    expect(await next).toMatchObject({ offset: 0, text: 'first' });
    await lines.end();
  });

  test('gives two readers all that a process writes, filtered for one of them', async ({ world }) => {
    const dir = world.path('log');
    const writer = startWriter(world, dir);
    await writer.write(1000);
    const [all, some] = [follow(dir), follow(dir, { grep: /00$/, tail: 3 })];
    expect(await some.next()).toMatchObject({ text: numbered(700) });
    const written = writer.write(4000);
    for (let number = 0; number < 5000; number += 1)
      expect(await all.next()).toMatchObject({ text: numbered(number) });
    for (let hundred = 8; hundred < 50; hundred += 1)
      expect(await some.next()).toMatchObject({ text: numbered(hundred * 100) });
    await written;
    await all.end();
    await some.end();
  });
});
