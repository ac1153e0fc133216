import { distance } from 'fastest-levenshtein';

/** The name that was probably meant, or nothing where none is close. Of two that are as close, the one that begins alike. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  if (name === '') return undefined;
  const completed = names.find((one) => one.startsWith(name));
  if (completed !== undefined) return completed;
  const [closest] = names
    .map((one) => ({ one, apart: distance(name, one), alike: sharedStart(name, one) }))
    .toSorted((a, b) => a.apart - b.apart || b.alike - a.alike);
  return closest && closest.apart <= Math.max(2, name.length / 3) ? closest.one : undefined;
}

function sharedStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}
