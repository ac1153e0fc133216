import { setTimeout as delay } from 'node:timers/promises';
import type { RowDelta } from '#engines/core/rows.ts';

export interface Deltas<R> {
  set(row: R): void;
  drop(key: string): void;
  /** Every row has been read at least once. */
  complete(): void;
  /** Ends the stream with an error. */
  fail(error: unknown): void;
  /** Ends when the signal aborts. */
  stream(signal: AbortSignal): AsyncGenerator<RowDelta<R>>;
}

/** What changes within this time goes out together, in milliseconds. */
const TOGETHER = 16;

/** Gathers changed rows until somebody takes them; of a row that changes twice only the last state goes out. */
export function gatherDeltas<R>(keyOf: (row: R) => string): Deltas<R> {
  const changed = new Map<string, R>();
  const gone = new Set<string>();
  let isComplete = false;
  let failure: { error: unknown } | undefined;
  let waiting = Promise.withResolvers<void>();

  async function* stream(signal: AbortSignal): AsyncGenerator<RowDelta<R>> {
    const stop = () => waiting.resolve();
    signal.addEventListener('abort', stop);
    try {
      while (!signal.aborted) {
        await waiting.promise;
        if (!signal.aborted && !failure) await delay(TOGETHER);
        if (signal.aborted) return;
        if (failure) throw failure.error;
        waiting = Promise.withResolvers();
        const delta = { set: [...changed.values()], drop: [...gone], complete: isComplete };
        changed.clear();
        gone.clear();
        yield delta;
      }
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  return {
    set: (row) => {
      gone.delete(keyOf(row));
      changed.set(keyOf(row), row);
      waiting.resolve();
    },
    drop: (key) => {
      changed.delete(key);
      gone.add(key);
      waiting.resolve();
    },
    complete: () => {
      isComplete = true;
      waiting.resolve();
    },
    fail: (error) => {
      failure = { error };
      waiting.resolve();
    },
    stream,
  };
}
