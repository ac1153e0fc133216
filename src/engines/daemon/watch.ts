import { watch } from 'node:fs';

interface Wait {
  /** Milliseconds. */
  within: number;
  signal: AbortSignal;
  /** Ends the wait as well. */
  or?: Promise<unknown>;
}

export interface Changes extends Disposable {
  /** Resolves with the first change since the last call, or when the time is over; rejects when the signal aborts. */
  next(wait: Wait): Promise<void>;
}

/** Watches the entries of a directory. Where the system can't, the time limits alone pace the caller. */
export function watchDirectory(directory: string): Changes {
  let change = Promise.withResolvers<void>();
  const watcher = watch(directory, () => change.resolve());
  watcher.on('error', () => watcher.close());
  return {
    async next({ within, signal, or }) {
      signal.throwIfAborted();
      const over = Promise.withResolvers<void>();
      const abort = () => over.reject(signal.reason);
      const timer = setTimeout(over.resolve, within);
      signal.addEventListener('abort', abort, { once: true });
      try {
        await Promise.race([change.promise, over.promise, ...(or ? [or] : [])]);
        change = Promise.withResolvers();
      } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
      }
    },
    [Symbol.dispose]: () => watcher.close(),
  };
}
