import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Store } from '#engines/store/store.ts';

/**
 * Milliseconds after a write at which it is looked at again: its bytes are told of before the memory that all processes
 * share says that they count, and that is told by nobody.
 */
const LATER = [50, 1_000];

/** Yields once at the beginning and then whenever any process may have written to the database. */
export async function* changesOf(opened: Store, signal: AbortSignal): AsyncGenerator<void> {
  const log = `${basename(opened.file)}-wal`;
  let wake = Promise.withResolvers<void>();
  let timers: NodeJS.Timeout[] = [];
  const watcher = watch(dirname(opened.file), (_, name) => {
    if (name !== log) return;
    wake.resolve();
    for (const timer of timers) clearTimeout(timer);
    timers = LATER.map((delay) => setTimeout(() => wake.resolve(), delay));
  });
  const stop = () => wake.resolve();
  signal.addEventListener('abort', stop);
  try {
    wake.resolve();
    while (!signal.aborted) {
      await wake.promise;
      wake = Promise.withResolvers();
      if (signal.aborted) return;
      yield;
    }
  } finally {
    watcher.close();
    for (const timer of timers) clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}
