import * as z from 'zod/mini';

/**
 * The event of every `*.watch` stream: rows that are new or changed, whole, and the keys of rows that are gone.
 * The first events bring everything; `complete` turns true once all rows have been read at least once.
 */
export interface RowDelta<R> {
  set: R[];
  /** Keys, as `rowKey` has them. */
  drop: string[];
  complete: boolean;
}

/** What a row is told apart by: an id, or a name where that is unique. */
type Keyed = { id: string } | { name: string };

export function rowDelta<S extends z.ZodMiniType<Keyed>>(row: S) {
  return z.object({ set: z.array(row), drop: z.array(z.string()), complete: z.boolean() });
}

/** The key of a row of any stream, the same for those who tell of rows, merge them and show them. */
export function rowKey(row: unknown): string {
  const { id, name } = row as { id?: string; name?: string };
  return String(id ?? name);
}
