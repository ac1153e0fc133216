import * as z from 'zod/mini';

/**
 * A stretch of time of which it is decided what ran in it. A clock that goes back comes into one and finds nothing to do;
 * what was left out when it went ahead lies between two, and runs when its time really comes.
 */
export const stretchSchema = z.object({ from: z.number(), until: z.number() });

export type Stretch = z.infer<typeof stretchSchema>;

/** How many are remembered: each gap is a time in which nobody was there. */
const KEPT = 32;

/** From when on nothing is decided yet; undefined before all that is remembered. */
export function undecidedSince(stretches: readonly Stretch[], now: number): number | undefined {
  return stretches.findLast(({ from }) => from <= now)?.until;
}

/** With one more, in order, those that touch made one. */
export function withStretch(stretches: readonly Stretch[], added: Stretch): Stretch[] {
  const joined: Stretch[] = [];
  for (const next of [...stretches, added].toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && next.from <= last.until) last.until = Math.max(last.until, next.until);
    else joined.push({ ...next });
  }
  return joined.slice(-KEPT);
}
