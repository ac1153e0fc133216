import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Store } from '#engines/store/store.ts';

/** Yields once at the beginning and then whenever any process may have written to the database. */
export async function* changesOf(opened: Store, signal: AbortSignal): AsyncGenerator<void> {
  const log = `${basename(opened.file)}-wal`;
  let wake = Promise.withResolvers<void>();
  const watcher = watch(dirname(opened.file), (_, name) => {
    if (name === log) wake.resolve();
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
    signal.removeEventListener('abort', stop);
  }
}
