import { describe, expect, test } from 'vitest';
import type { LogEvent } from '#engines/process/types.ts';
import { textOf } from '#panes/kit/line.ts';
import { harmless, headCells, logBody, logHead } from '#panes/kit/log.ts';

const NOW = new Date(2026, 10, 21, 20, 44, 36, 123).getTime();
const LOOK = { sign: () => '…', now: NOW };
const PLAIN = { names: 0, times: false, raw: false };

const event = (text: string, changes: Partial<LogEvent> = {}): LogEvent => ({
  ...{ process: 'web:0', at: NOW, approximate: false, offset: 0, text, level: null },
  ...changes,
});
const body = (one: LogEvent, manner = PLAIN) => logBody(harmless(one), manner);

describe('a line of a log', () => {
  test('is as grave as it says, without the colours that it brings', () => {
    expect(body(event('\u001b[32mup\u001b[0m'))).toEqual([{ text: 'up' }]);
    expect(body(event('no such file', { level: 'error' }))).toEqual([{ text: 'no such file', tone: 'bad' }]);
    expect(body(event('nearly full', { level: 'warn' }))).toEqual([{ text: 'nearly full', tone: 'warning' }]);
  });

  test('can do nothing to a terminal, whatever a process writes', () => {
    const hostile = '\u001b]0;title\u0007\u001b[2J\u009b31m\r\b\u202etxt\u0000\u001bP1\u001b\\ \ud800 end';
    const shown = textOf(body(event(hostile)));
    expect(shown).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\ud800-\udfff]/);
    expect(shown).toContain('end');
  });

  test('that nobody would read to its end is cut', () => {
    const { length } = textOf(body(event('x'.repeat(5_000_000))));
    expect(length).toBeLessThan(2_100);
  });

  test('of JSON shows its level, its message and then the rest', () => {
    const json = event('{"level":"error","msg":"refused","port":5432,"tags":["a"]}', {
      level: 'error',
      message: 'refused',
      fields: { port: 5432, host: 'db', tags: ['a'] },
    });
    expect(body(json)).toEqual([
      { text: 'ERROR ', tone: 'bad' },
      { text: 'refused', tone: 'bad' },
      { text: '  port=5432  host=db  tags=["a"]', tone: 'quiet' },
    ]);
    expect(textOf(body(json, { ...PLAIN, raw: true }))).toBe(json.text);
  });

  test('of JSON without a message stays as it was written', () => {
    expect(textOf(body(event('{"a":1}', { message: null, fields: { a: 1 } })))).toBe('{"a":1}');
  });
});

describe('what stands before a line', () => {
  const head = (one: LogEvent, manner = { names: 8, times: true, raw: false }) =>
    textOf(logHead(harmless(one), manner, LOOK));

  test('has the same width for every line', () => {
    const manner = { names: 8, times: true, raw: false };
    const heads = [
      event('now'),
      event('some time ago', { approximate: true }),
      event('on another day', { at: NOW - 86_400_000 }),
      event('nobody knows when', { at: null }),
      event('by another', { process: 'a-name-that-is-long' }),
    ].map((one) => head(one));
    expect(heads).toEqual([
      ' 20:44:36.123  web:0     ',
      '~20:44:36.123  web:0     ',
      '  11-20 20:44  web:0     ',
      '            ?  web:0     ',
      ' 20:44:36.123  a-name-…  ',
    ]);
    expect(new Set(heads.map(({ length }) => length))).toEqual(new Set([headCells(manner)]));
  });
});
