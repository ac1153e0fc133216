import * as z from 'zod/mini';

/** A full object id, of SHA-1 or SHA-256. */
export function oid() {
  return z.string().check(z.regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/, 'expected a full object id'));
}
