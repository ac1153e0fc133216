import { setTimeout as delay } from 'node:timers/promises';

/** Shares so many bytes a second among all who take from it; 0 is without limit. */
export interface Limit {
  /** Resolves when so many bytes may be taken. */
  take(bytes: number, signal: AbortSignal): Promise<void>;
}

/** Milliseconds that may be caught up with after a pause. */
const BURST = 250;

export function openLimit(bytesPerSecond: () => number, now: () => number): Limit {
  /** When everything that was taken has been paid for. */
  let paidAt = 0;
  return {
    async take(bytes, signal) {
      const rate = bytesPerSecond();
      if (rate <= 0) return;
      paidAt = Math.max(paidAt, now() - BURST) + (bytes / rate) * 1_000;
      const wait = paidAt - now();
      if (wait > 0) await delay(wait, undefined, { signal });
    },
  };
}
