/** What a process uses at a moment. */
export interface Usage {
  /** Percent of one processor. */
  cpu: number;
  /** Bytes. */
  memory: number;
}

/** The most of each that was used in the last spans of time, the latest last. */
export interface Trace {
  spans: readonly Usage[];
  /** Number of the latest span since the epoch. */
  last: number;
  /** What is used since it was told last. */
  now: Usage;
}

/** Milliseconds of one, and how many are kept. */
const SPAN = 10_000;
export const SPANS = 10;

/** The trace with what has just been told; until then what was told before went on. */
export function withUsage(trace: Trace | undefined, used: Usage, now: number): Trace {
  const last = Math.floor(now / SPAN);
  if (!trace) return { spans: [used], last, now: used };
  const spans = spansUpTo(trace, now);
  const latest = last === trace.last ? mostOf(spans.at(-1) ?? used, used) : used;
  return { spans: [...spans.slice(0, -1), latest], last, now: used };
}

/** The spans as they are at a moment: in those that have begun since, what was told last went on. */
export function spansUpTo({ spans, last, now: used }: Trace, now: number): readonly Usage[] {
  const passed = Math.max(0, Math.min(SPANS, Math.floor(now / SPAN) - last));
  return [...spans, ...Array.from({ length: passed }, () => used)].slice(-SPANS);
}

function mostOf(a: Usage, b: Usage): Usage {
  return { cpu: Math.max(a.cpu, b.cpu), memory: Math.max(a.memory, b.memory) };
}
