import type { Moments } from '../cron/moments.ts';
import type { Definition } from '../definition.ts';
import { type Stretch, undecidedSince, withStretch } from './stretches.ts';

/** Milliseconds after which a moment counts as missed: the clock is looked at twice as often. */
export const ON_TIME = 60_000;

/** Missed moments that are made up for at once; the older ones are left out. */
const MOST = 100;

export interface Due {
  /** Moments to run for, the oldest first. */
  run: number[];
  /** The newest of those that are left out. */
  missed: number | undefined;
  stretches: Stretch[];
}

/** What it is time for, and how far the time is decided then; nothing where all is as it was. */
export function dueAt(
  { catchUp }: Pick<Definition, 'catchUp'>,
  { moments, stretches, now }: { moments: Moments; stretches: readonly Stretch[]; now: number },
): Due | undefined {
  const since = undecidedSince(stretches, now);
  const decidedNow = withStretch(stretches, { from: now, until: now });
  if (since === undefined) return { run: [], missed: undefined, stretches: decidedNow };
  const due = moments.between(since, now, MOST);
  const last = due.at(-1);
  if (last === undefined) return undefined;
  const run = chosen(due, { catchUp, now });
  const missed = due.at(-run.length - 1);
  const [first] = run;
  if (first === undefined) return { run, missed, stretches: decidedNow };
  const from = missed === undefined && due.length < MOST ? since : first;
  return { run, missed, stretches: withStretch(stretches, { from, until: last }) };
}

/** Always the last of what is due, or none. */
function chosen(
  due: readonly number[],
  { catchUp, now }: { catchUp: Definition['catchUp']; now: number },
): number[] {
  if (catchUp === 'all') return [...due];
  const onTime = due.filter((moment) => now - moment <= ON_TIME);
  return onTime.length === 0 && catchUp === 'one' ? due.slice(-1) : onTime;
}
