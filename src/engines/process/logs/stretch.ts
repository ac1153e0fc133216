/** The bytes from the end of the stretch before up to `end` were written between `from` and `to`. */
export interface Stretch {
  /** Milliseconds since the epoch. */
  from: number;
  to: number;
  /** Position. */
  end: number;
}

/** Milliseconds; a time that is known better than this is not called approximate. */
const EXACT = 1000;

/** A stretch always goes forward, whatever the clock did. */
export function stretch(from: number, to: number, end: number): Stretch {
  return { from: Math.min(from, to), to, end };
}

export function isApproximate({ from, to }: Stretch): boolean {
  return to - from > EXACT;
}

/** Fewer stretches: neighbours that tell the least when told apart are joined, until a quarter is gone. */
export function thinned(stretches: readonly Stretch[]): Stretch[] {
  const joints = stretches.slice(1).map((next, index) => ({ index, joint: joined(stretches[index], next) }));
  const into = new Map<number, Stretch | undefined>();
  for (const { index, joint } of joints.toSorted((a, b) => spanOf(a.joint) - spanOf(b.joint))) {
    if (into.size * 2 >= stretches.length) break;
    if (into.has(index) || into.has(index + 1)) continue;
    into.set(index, joint).set(index + 1, undefined);
  }
  return stretches.flatMap((one, index) => (into.has(index) ? (into.get(index) ?? []) : one));
}

function joined(one: Stretch | undefined, next: Stretch): Stretch {
  const { from, to } = one ?? next;
  return { from: Math.min(from, next.from), to: Math.max(to, next.to), end: next.end };
}

function spanOf({ from, to }: Stretch): number {
  return to - from;
}
