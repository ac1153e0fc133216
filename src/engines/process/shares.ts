import type { CpuShare } from './rows.ts';
import { TICKS_PER_SECOND, ticksNow } from './usage.ts';

/** Processor time between looks. */
export interface Shares {
  look(): CpuShare;
}

interface Seen {
  ticks: number;
  at: number;
  share: number;
}

/** A look too soon after the last one would measure the grain of the clock: until then the last share stands. */
const LEAST = TICKS_PER_SECOND;

export function openShares(): Shares {
  let seen = new Map<string, Seen>();

  return {
    look() {
      const now = ticksNow();
      const before = seen;
      seen = new Map();
      return (session, { ticks }, startTicks) => {
        const key = `${session}@${startTicks}`;
        const last = before.get(key) ?? { ticks: 0, at: Math.min(startTicks, now - LEAST), share: 0 };
        const passed = now - last.at;
        const next = passed < LEAST ? last : { ticks, at: now, share: (100 * (ticks - last.ticks)) / passed };
        seen.set(key, next);
        return Math.max(next.share, 0);
      };
    },
  };
}
