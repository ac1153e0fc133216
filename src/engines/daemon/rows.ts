import { type RowDelta, rowKey } from '#engines/core/rows.ts';

export type Rows = RowDelta<unknown>;

/** One delta with the effect of two in order. */
export function mergeRows(earlier: Rows, later: Rows): Rows {
  const set = new Map(earlier.set.map((row) => [rowKey(row), row]));
  const drop = new Set(earlier.drop);
  for (const key of later.drop) {
    set.delete(key);
    drop.add(key);
  }
  for (const row of later.set) {
    set.set(rowKey(row), row);
    drop.delete(rowKey(row));
  }
  return { set: [...set.values()], drop: [...drop], complete: later.complete };
}
