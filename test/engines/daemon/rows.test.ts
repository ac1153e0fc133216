import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowKey } from '#engines/core/rows.ts';
import { mergeRows, type Rows } from '#engines/daemon/rows.ts';

const key = fc.constantFrom('a', 'b', 'c', 'd');

const deltas = fc.array(
  fc
    .record({
      set: fc.uniqueArray(fc.record({ id: key, value: fc.nat() }), { selector: (row) => row.id }),
      drop: fc.uniqueArray(key),
      complete: fc.boolean(),
    })
    .map(
      ({ set, drop, complete }): Rows => ({
        set,
        drop: drop.filter((gone) => !set.some((row) => row.id === gone)),
        complete,
      }),
    ),
  { minLength: 2, maxLength: 8 },
);

function apply(rows: ReadonlyMap<string, unknown>, { set, drop }: Rows): Map<string, unknown> {
  const result = new Map(rows);
  for (const gone of drop) result.delete(gone);
  for (const row of set) result.set(rowKey(row), row);
  return result;
}

test('given any deltas, then their merger does to the rows what they do one after the other', () => {
  fc.assert(
    fc.property(deltas, deltas, ([first, ...others], before) => {
      const rows = before.reduce(apply, new Map<string, unknown>());
      const merged = others.reduce(mergeRows, first as Rows);

      const expected = [first as Rows, ...others].reduce(apply, rows);
      expect(Object.fromEntries(apply(rows, merged))).toEqual(Object.fromEntries(expected));
      expect(merged.complete).toBe(others.at(-1)?.complete);
    }),
  );
});
