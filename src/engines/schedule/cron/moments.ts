import { Cron } from 'croner';

/** The moments of one cron expression in one zone, in milliseconds since the epoch. */
export interface Moments {
  /** The first one after a moment; undefined where none comes any more. */
  after(moment: number): number | undefined;
  /** The newest after `from` and up to `to`, no more than `most`, the oldest first. */
  between(from: number, to: number, most: number): number[];
}

const SECOND = 1_000;

/**
 * An hour that the clock skips: what names its hours runs at its end, and what runs in an interval leaves it out. An hour
 * that comes twice: what names its hours runs in the first, and what runs in an interval in both. Throws what croner throws.
 */
export function momentsOf(expression: string, zone: string): Moments {
  const cron = new Cron(expression, {
    timezone: zone,
    mode: '5-or-6-parts',
    fixedTimeRule: 'no-wildcard',
    paused: true,
  });

  function after(moment: number): number | undefined {
    return cron.nextRun(new Date(moment))?.getTime();
  }

  /** The oldest ones; one more than wanted tells that there are more. */
  function oldest(from: number, to: number, most: number): number[] {
    const found: number[] = [];
    for (let moment = after(from); moment !== undefined && moment <= to; moment = after(moment)) {
      found.push(moment);
      if (found.length > most) break;
    }
    return found;
  }

  return {
    after,
    between(from, to, most) {
      const found = oldest(from, to, most);
      if (found.length <= most) return found;
      // It looks before the moment that it is given, and at whole seconds.
      const end = new Date(Math.floor(to / SECOND) * SECOND + SECOND);
      return cron.previousRuns(most, end).map(Number).toReversed();
    },
  };
}

/** A way to say `when the machine starts`; there are no moments of it. */
export const AT_BOOT = '@reboot';
