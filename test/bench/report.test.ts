import { describe, expect, test } from 'vitest';
import { pageText, tableText } from '../../bench/report.ts';
import { notYet, type Row, verdictOf } from '../../bench/row.ts';

const passing: Row = {
  what: 'status of 20 repos',
  value: 1.2345,
  unit: 'x',
  bar: 1.3,
  how: '50 ms against 40 ms',
  peers: { vcstool: 6 },
};
const missing: Row = { what: 'bytes per move', value: 1_501, unit: 'bytes', bar: 1_500, how: '30 moves' };
const later = notYet('list of 100', { unit: 'x', bar: 0.4 }, 'there is no supervisor yet');

describe('the table of a benchmark', () => {
  test('passes what is at the bar, misses what is above it, and invents nothing', () => {
    expect(verdictOf({ ...missing, value: 1_500 })).toBe('pass');
    expect(verdictOf(missing)).toBe('miss');
    expect(verdictOf(later)).toBe('not yet');
    expect(verdictOf({ ...passing, bar: undefined })).toBe('');
  });

  test('is the same on the terminal and on the page', () => {
    expect(tableText([passing, missing, later])).toMatchInlineSnapshot(`
      "what                measured     bar                   how                         others
      status of 20 repos  1.23 x       1.3 x        pass     50 ms against 40 ms         vcstool 6 x
      bytes per move      1,501 bytes  1,500 bytes  miss     30 moves
      list of 100                      0.4 x        not yet  there is no supervisor yet"
    `);
    expect(pageText([passing], { machine: '2 cores', date: '2026-11-21' })).toContain(
      '| status of 20 repos | 1.23 x | 1.3 x | pass | 50 ms against 40 ms | vcstool 6 x |',
    );
  });
});
