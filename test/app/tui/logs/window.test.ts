import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byTime } from '#app/tui/state/logs/order.ts';
import { anew, lineAt, MOST, NO_LINES, withNewer, withOlder } from '#app/tui/state/logs/window.ts';
import type { LogLine } from '#panes/kit/log.ts';

const LENGTH = 10;

const line = (process: string, number: number): LogLine => ({
  ...{ process, offset: number * LENGTH, at: number, approximate: false, level: null, text: `${number}` },
});
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => line('web:0', from + index));
const numbers = (window: { lines: readonly LogLine[] }) => window.lines.map(({ offset }) => offset / LENGTH);

describe('a window on a log', () => {
  test('has no gap and no line twice, however it is moved', () => {
    const total = 3 * MOST;
    const move = fc.record({ older: fc.boolean(), count: fc.integer({ min: 1, max: 1_500 }) });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 20 }), (moves) => {
        let window = anew(NO_LINES, lines(MOST, MOST + 100));
        for (const { older, count } of moves) {
          const begin = (window.begins.get('web:0') ?? 0) / LENGTH;
          const end = Math.ceil((window.ends.get('web:0') ?? 0) / LENGTH);
          // What a log answers to `before` and to `from`.
          if (older)
            window = withOlder(window, lines(Math.max(0, Math.ceil(begin) - count), Math.ceil(begin)));
          else window = withNewer(window, lines(end, Math.min(total, end + count)));
          const shown = numbers(window);
          expect(shown).toEqual(Array.from({ length: shown.length }, (_, index) => (shown[0] ?? 0) + index));
          expect(shown.length).toBeLessThanOrEqual(MOST);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('keeps the number of each line, whatever comes before it and goes', () => {
    const begun = anew(NO_LINES, lines(100, 110));
    const grown = withNewer(withOlder(begun, lines(50, 100)), lines(110, 120));
    expect([begun, grown].map((window) => lineAt(window, begun.first + 3)?.text)).toEqual(['103', '103']);
    const full = withNewer(grown, lines(120, 120 + MOST));
    expect(lineAt(full, begun.first + 3)).toBeUndefined();
    expect(lineAt(full, begun.first + 30)?.text).toBe('130');
  });

  test('knows of each process where it begins and ends, also of one whose lines have gone', () => {
    const window = withNewer(anew(NO_LINES, [line('api:0', 1)]), lines(2, 2 + MOST));
    expect(window.begins.get('api:0')).toBe(1 * LENGTH + 1);
    expect(window.ends.get('api:0')).toBe(1 * LENGTH + 1);
  });
});

test('lines of several logs stand by time, those of one in their order', () => {
  const untimed = { ...line('api:0', 9), at: null };
  const late = { ...line('api:0', 10), at: 4 };
  const merged = byTime([
    [line('web:0', 1), line('web:0', 5)],
    [{ ...line('api:0', 8), at: 3 }, untimed, late],
  ]);
  expect(merged.map(({ process, offset }) => `${process} ${offset / LENGTH}`)).toEqual([
    'web:0 1',
    'api:0 8',
    'api:0 9',
    'api:0 10',
    'web:0 5',
  ]);
});
