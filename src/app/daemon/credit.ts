export interface Credit {
  /** Spends one and resolves once there is another, or when the signal aborts. */
  spend(signal: AbortSignal): Promise<void>;
  add(count: number): void;
}

/** How many events a reader still takes: a stream is read from its source no faster than its reader takes it. */
export function openCredit(initial: number): Credit {
  let left = initial;
  let more = Promise.withResolvers<void>();

  async function spend(signal: AbortSignal): Promise<void> {
    left--;
    if (left > 0) return;
    const stop = () => more.resolve();
    signal.addEventListener('abort', stop, { once: true });
    while (left <= 0 && !signal.aborted) await more.promise;
    signal.removeEventListener('abort', stop);
  }

  function add(count: number): void {
    left += count;
    more.resolve();
    more = Promise.withResolvers();
  }

  return { spend, add };
}
