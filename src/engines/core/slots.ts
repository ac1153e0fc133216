export interface Slots {
  /** Runs `work` as soon as fewer than the limit are running; the longest waiting goes first. The signal ends the waiting. */
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

export function slots(limit: number): Slots {
  const waiting = new Set<() => void>();
  let free = limit;

  async function take(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (free > 0) {
      free -= 1;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const abort = () => {
      waiting.delete(resolve);
      reject(signal?.reason);
    };
    waiting.add(resolve);
    signal?.addEventListener('abort', abort, { once: true });
    await promise.finally(() => signal?.removeEventListener('abort', abort));
  }

  function give(): void {
    const [next] = waiting;
    if (!next) {
      free += 1;
      return;
    }
    waiting.delete(next);
    next();
  }

  return {
    run: async (work, signal) => {
      await take(signal);
      try {
        return await work();
      } finally {
        give();
      }
    },
  };
}
