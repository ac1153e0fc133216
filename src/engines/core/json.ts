/** What can be journalled, hashed and sent over a wire. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The one text of a value: keys sorted, no spaces, absent keys left out; what hashes are taken of. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isRecord(inner) ? Object.fromEntries(Object.entries(inner).sort(byKey)) : inner,
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
