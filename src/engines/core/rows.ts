import * as z from 'zod/mini';
import { canonical } from './json.ts';

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

/** Of each look at all rows, what differs from the look before; nothing where nothing does, but for the first. */
export function openRowChanges<R>(): (rows: readonly R[]) => RowDelta<R> | undefined {
  let shown: Map<string, string> | undefined;
  return (rows) => {
    const texts = new Map(rows.map((row) => [rowKey(row), canonical(row)]));
    const before = shown;
    shown = texts;
    if (!before) return { set: [...rows], drop: [], complete: true };
    const set = rows.filter((row) => before.get(rowKey(row)) !== texts.get(rowKey(row)));
    const drop = [...before.keys()].filter((key) => !texts.has(key));
    return set.length + drop.length > 0 ? { set, drop, complete: true } : undefined;
  };
}
