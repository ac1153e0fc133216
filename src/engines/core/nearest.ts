import { closest, distance } from 'fastest-levenshtein';

/** The name that was probably meant, or nothing where none is close. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  if (name === '') return undefined;
  const candidate = names.find((one) => one.startsWith(name)) ?? closest(name, names as string[]);
  if (!candidate) return undefined;
  return candidate.startsWith(name) || distance(name, candidate) <= Math.max(2, name.length / 3)
    ? candidate
    : undefined;
}
