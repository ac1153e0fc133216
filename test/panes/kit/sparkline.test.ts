import { expect, test } from 'vitest';
import { textOf } from '#panes/kit/line.ts';
import { cpuTrace, memoryTrace, TRACE } from '#panes/kit/sparkline.ts';
import { type Trace, withUsage } from '#panes/kit/trace.ts';

const SPAN = 10_000;
const BEGIN = 1_800_000_000_000;
const signs = { steps: '▁▂▃▄▅▆▇█' } as Record<string, string>;
const lookAt = (now: number) => ({ sign: (name: string) => signs[name] ?? '', now });

/** What was told, and how many spans after the beginning. */
const traceOf = (...told: [after: number, cpu: number, memory?: number][]) =>
  told.reduce<Trace | undefined>(
    (trace, [after, cpu, memory = 1]) => withUsage(trace, { cpu, memory }, BEGIN + after * SPAN),
    undefined,
  );
const cpu = (trace: Trace | undefined, after: number) =>
  textOf(cpuTrace(trace, lookAt(BEGIN + after * SPAN)));

test('what is used lately stands in as many cells, whatever is known of it', () => {
  expect(cpuTrace(undefined, lookAt(BEGIN))).toEqual([]);
  expect(cpu(traceOf([0, 100]), 0)).toBe('         █');
  expect(cpu(traceOf([0, 100], [1, 0], [2, 12]), 2)).toBe('       █▁▅');
  expect(cpu(traceOf([0, 100]), 400)).toHaveLength(TRACE);
});

test('a row that nothing new is told of goes on as it was', () => {
  expect(cpu(traceOf([0, 100], [1, 0]), 4)).toBe('     █▁▁▁▁');
  expect(cpu(traceOf([0, 100], [1, 0]), 100)).toBe('▁▁▁▁▁▁▁▁▁▁');
  expect(cpu(traceOf([0, 100], [5, 0]), 5)).toBe('    █████▁');
});

test('of a span the most counts, so that a short burst is seen', () => {
  expect(cpu(traceOf([0, 1], [0.2, 100], [0.4, 1]), 0)).toBe('         █');
});

test('a share is drawn alike in every row, and one that leaves no room warns', () => {
  const steps = [0, 0.6, 3, 6, 11, 30, 60, 95].map((share) => cpu(traceOf([0, share]), 0).trim());
  expect(steps.join('')).toBe('▁▂▃▄▅▆▇█');
  expect(cpuTrace(traceOf([0, 95]), lookAt(BEGIN))[0]?.tone).toBe('warning');
  expect(cpuTrace(traceOf([0, 40]), lookAt(BEGIN))[0]?.tone).toBe('quiet');
});

test('memory that grows climbs', () => {
  const trace = traceOf([0, 0, 100], [1, 0, 200], [2, 0, 400], [3, 0, 800]);
  expect(textOf(memoryTrace(trace, lookAt(BEGIN + 3 * SPAN)))).toBe('      ▂▃▅█');
});

test('in ASCII it says the same', () => {
  const look = { sign: () => '_.-=+*#@', now: BEGIN };
  expect(textOf(cpuTrace(traceOf([0, 100]), look))).toBe('         @');
});
