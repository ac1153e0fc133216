import { resource } from '#engines/core/resource.ts';

/** Since when each run goes on, by its identifier, on the clock of this process: a run that is continued has its whole time again. */
export const runClocks = resource<Map<string, number>>({
  id: 'pipeline.clocks',
  open: () => new Map(),
  close: () => {},
});

/** What a timer can hold, in milliseconds: 24 days. */
const LONGEST = 2 ** 31 - 1;

interface Timed {
  id: string;
  /** Milliseconds that it may take altogether. */
  within: number | null;
}

/** Aborts when the first of the runs has had its time; absent where none has a limit. */
export function deadlineOf(clocks: Map<string, number>, runs: readonly Timed[]): AbortSignal | undefined {
  const now = performance.now();
  const left = runs.flatMap(({ id, within }) => {
    const begun = clocks.get(id) ?? now;
    clocks.set(id, begun);
    return within === null ? [] : [begun + within - now];
  });
  return left.length === 0
    ? undefined
    : AbortSignal.timeout(Math.max(0, Math.min(LONGEST, Math.round(Math.min(...left)))));
}
