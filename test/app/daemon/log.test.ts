import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { adoptLeftovers, openLog } from '#app/daemon/log.ts';
import type { Context } from '#engines/core/context.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import { ensureDirectories, rotatedLogs } from '#engines/daemon/files.ts';
import { followLogs } from '#engines/daemon/logs.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { filesOf } from './client.ts';

const LINE = /^2026-01-02T03:04:05.000Z \d+ (?:info|error) (.*)$/;

/** A log whose files hold about ten short lines each. */
function logIn(world: World, rotates = true) {
  const files = filesOf(world);
  ensureDirectories(files);
  return openLog(files, { now: () => Date.parse('2026-01-02T03:04:05Z'), rotates, limit: 450 });
}

const texts = (lines: string[]) => lines.map((line) => LINE.exec(line)?.[1]);
const linesOf = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n');
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `line ${from + index}`);

function reading(
  world: World,
  input: { tail: number; follow: boolean },
  signal = new AbortController().signal,
) {
  const context: Partial<Context> = { paths: pathsFrom(world.env), signal };
  return followLogs(input, context as Context)[Symbol.asyncIterator]();
}

test('given a log that is full, when more is written, then the files hold every line in order', ({
  world,
}) => {
  const log = logIn(world);

  for (const text of numbered(0, 25)) log.write('info', text);

  const files = filesOf(world);
  expect(texts([...rotatedLogs(files), files.log].flatMap(linesOf))).toEqual(numbered(0, 25));
  expect(linesOf(files.log).length).toBeLessThan(15);
});

test('given two writers, when the one that serves rotates, then the other goes on in the new file', ({
  world,
}) => {
  const serving = logIn(world);
  const other = logIn(world, false);

  for (const text of numbered(0, 12)) {
    serving.write('info', text);
    other.write('info', `other ${text}`);
  }

  const files = filesOf(world);
  const all = texts([...rotatedLogs(files), files.log].flatMap(linesOf));
  expect(all.filter((text) => text?.startsWith('line'))).toEqual(numbered(0, 12));
  expect(all.filter((text) => text?.startsWith('other'))).toEqual(
    numbered(0, 12).map((text) => `other ${text}`),
  );
});

test('given text from outside, when it is logged, then it stays one line and no terminal obeys it', ({
  world,
}) => {
  logIn(world).write('info', 'a\nb\u001b[2J\u009b31m');

  expect(texts(linesOf(filesOf(world).log))).toEqual(['a␊b␛[2J\\u{9b}31m']);
});

test('given a level, when less than that is logged, then it is left out', ({ world }) => {
  const log = logIn(world);
  log.limitTo('error');

  log.write('info', 'left out');
  log.write('error', 'kept');

  expect(texts(linesOf(filesOf(world).log))).toEqual(['kept']);
});

test('given what a dead daemon printed, when another one starts, then its log has it', ({ world }) => {
  const files = filesOf(world);
  ensureDirectories(files);
  writeFileSync(files.stderr, 'FATAL ERROR: heap out of memory\n');

  adoptLeftovers(files, logIn(world));

  expect(texts(linesOf(files.log))).toEqual(['left behind: FATAL ERROR: heap out of memory']);
  expect(readFileSync(files.stderr, 'utf8')).toBe('');
});

test('given a rotated log, when the last lines are asked for, then they come from all of its files', async ({
  world,
}) => {
  const log = logIn(world);
  for (const text of numbered(0, 25)) log.write('info', text);

  const lines = await Array.fromAsync({
    [Symbol.asyncIterator]: () => reading(world, { tail: 20, follow: false }),
  });

  expect(texts(lines.map(({ line }) => line))).toEqual(numbered(5, 25));
});

test('given a reader that follows, when the log is rotated under it, then it misses nothing', async ({
  world,
}) => {
  const log = logIn(world);
  log.write('info', 'line 0');
  const stop = new AbortController();
  const reader = reading(world, { tail: 1, follow: true }, stop.signal);
  const heard = [(await reader.next()).value?.line ?? ''];

  for (const text of numbered(1, 40)) {
    log.write('info', text);
    heard.push((await reader.next()).value?.line ?? '');
  }

  expect(texts(heard)).toEqual(numbered(0, 40));
  stop.abort();
  expect(await reader.next()).toEqual({ done: true, value: undefined });
});

test('given a reader that looks away, when the log is rotated twice, then it misses nothing', async ({
  world,
}) => {
  const log = logIn(world);
  log.write('info', 'line 0');
  const reader = reading(world, { tail: 1, follow: true });
  const heard = [(await reader.next()).value?.line ?? ''];

  for (const text of numbered(1, 20)) log.write('info', text);

  while (heard.length < 20) heard.push((await reader.next()).value?.line ?? '');
  expect(texts(heard)).toEqual(numbered(0, 20));
});

test('given no log yet, when it is followed, then its first line comes', async ({ world }) => {
  mkdirSync(pathsFrom(world.env).state, { recursive: true });
  const reader = reading(world, { tail: 10, follow: true });
  const first = reader.next();

  logIn(world).write('info', 'line 0');

  expect(texts([(await first).value?.line ?? ''])).toEqual(['line 0']);
});
