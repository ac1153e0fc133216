import * as z from 'zod/mini';

/**
 * The event of every `*.watch` stream: rows that are new or changed, whole, and the keys of rows that are gone.
 * The first events bring everything; `complete` turns true once all rows have been read at least once.
 */
export interface RowDelta<R> {
  set: R[];
  drop: string[];
  complete: boolean;
}

export function rowDelta<S extends z.ZodMiniType>(row: S) {
  return z.object({ set: z.array(row), drop: z.array(z.string()), complete: z.boolean() });
}
