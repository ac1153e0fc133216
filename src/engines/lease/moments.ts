import { changesOf } from '#engines/activity/changes.ts';
import type { Context } from '#engines/core/context.ts';
import { LONGEST_TIMEOUT } from '#engines/core/duration.ts';
import { store } from '#engines/store/store.ts';
import { keptLeases, SHOWN_AFTER_END } from './read.ts';

/** Yields at the beginning, whenever any process may have taken or given up a lease, and when one ends by itself. */
export async function* leaseMoments(context: Context): AsyncGenerator<void> {
  const stop = new AbortController();
  const changes = changesOf(context.use(store), AbortSignal.any([context.signal, stop.signal]));
  let change = changes.next();
  // What ends while somebody looks, or a moment after a timer that fired early, has not been told of.
  let told = context.now();
  try {
    for (;;) {
      const woken = await within(change, nextEnd(context, told) - context.now());
      if (woken?.done) return;
      if (woken) change = changes.next();
      told = context.now();
      yield;
    }
  } finally {
    // A generator that waits can't be returned from: its signal ends the waiting.
    stop.abort();
  }
}

/** When the first lease after a moment ends, or is no longer shown, though nobody writes: in milliseconds since the epoch. */
function nextEnd(context: Context, after: number): number {
  const ends = keptLeases(context.use(store), after).map(({ live, expiresAt }) =>
    live ? expiresAt : expiresAt + SHOWN_AFTER_END,
  );
  return Math.min(...ends);
}

/** Undefined where the time is over first. */
function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined> {
  const over = Promise.withResolvers<undefined>();
  const timer = setTimeout(over.resolve, Math.min(Math.max(milliseconds, 1), LONGEST_TIMEOUT), undefined);
  return Promise.race([promise, over.promise]).finally(() => clearTimeout(timer));
}
