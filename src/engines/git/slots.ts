import { availableParallelism } from 'node:os';
import { resource } from '#engines/core/resource.ts';

/** ssh servers drop connections beyond ten that have not logged in yet. */
const NETWORK_SLOTS = 8;

export interface Slots {
  /** Runs `work` as soon as fewer than the limit are running; the longest waiting goes first. */
  run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

/** Bounds how many gits run at once, apart for those that compute and those that mostly wait for a remote. */
export const gitSlots = resource<{ local: Slots; network: Slots }>({
  id: 'git.slots',
  open: ({ concurrency = availableParallelism() }) => ({
    local: slots(concurrency),
    network: slots(NETWORK_SLOTS),
  }),
  close: () => {},
});

export function slots(limit: number): Slots {
  const waiting = new Set<() => void>();
  let free = limit;

  async function take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (free > 0) {
      free -= 1;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const abort = () => {
      waiting.delete(resolve);
      reject(signal.reason);
    };
    waiting.add(resolve);
    signal.addEventListener('abort', abort, { once: true });
    await promise.finally(() => signal.removeEventListener('abort', abort));
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
    run: async (signal, work) => {
      await take(signal);
      try {
        return await work();
      } finally {
        give();
      }
    },
  };
}
