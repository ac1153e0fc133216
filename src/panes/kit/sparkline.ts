import { type Line, span } from './line.ts';
import type { Look } from './look.ts';
import { SPANS, spansUpTo, type Trace } from './trace.ts';

/** Cells of a sparkline, whatever there is to show. */
export const TRACE = SPANS;

/** Percent of one processor from which on a step is reached: fine where little is used, and the same for every row. */
const CPU = [0, 0.5, 2, 5, 10, 25, 50, 90];

/** What a row has used of a processor lately. */
export function cpuTrace(trace: Trace | undefined, look: Look): Line {
  if (!trace) return [];
  const shares = spansUpTo(trace, look.now).map(({ cpu }) => cpu);
  const heights = shares.map((share) => CPU.findLastIndex((least) => share >= least) / (CPU.length - 1));
  return [span(drawn(heights, look), Math.max(...shares) >= 90 ? 'warning' : 'quiet')];
}

/** How its memory has grown or shrunk lately, against the most that it had: a leak climbs. */
export function memoryTrace(trace: Trace | undefined, look: Look): Line {
  if (!trace) return [];
  const sizes = spansUpTo(trace, look.now).map(({ memory }) => memory);
  const most = Math.max(1, ...sizes);
  return [
    span(
      drawn(
        sizes.map((size) => size / most),
        look,
      ),
      'quiet',
    ),
  ];
}

/** The latest stands at the right end. */
function drawn(heights: readonly number[], look: Look): string {
  const steps = look.sign('steps');
  const top = steps.length - 1;
  return heights
    .map((height) => steps[Math.round(height * top)] ?? '')
    .join('')
    .padStart(TRACE);
}
