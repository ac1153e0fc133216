import { describe, expect, test } from 'vitest';
import type * as z from 'zod/mini';
import { findAction } from '#app/registry/find.ts';
import { rowKey } from '#engines/core/rows.ts';
import { PANES } from '#panes/index.ts';

/** A row that has of `id` and `name` what the stream declares. */
const rowOf = async (action: string) => {
  const declared = await findAction(action);
  if (declared?.kind !== 'stream') throw new Error(`${action} is no stream.`);
  const { set } = (declared.event as z.ZodMiniObject).shape as { set: z.ZodMiniArray<z.ZodMiniObject> };
  const fields = Object.keys(set.def.element.shape);
  const sample = Object.entries({ id: '7', name: 'api' }).filter(([field]) => fields.includes(field));
  return Object.fromEntries(sample);
};

describe('the key of a row', () => {
  test('is its id, and its name where it has none', () => {
    expect([rowKey({ id: '7', name: 'api' }), rowKey({ name: 'api' })]).toEqual(['7', 'api']);
  });

  test.for(PANES.map((pane) => [pane.id, pane] as const))(
    'is the same for the pane %s as for the stream that it watches',
    async ([, pane]) => {
      const row = await rowOf(pane.watch.action);
      expect(Object.keys(row)).not.toEqual([]);
      expect(pane.key(row)).toBe(rowKey(row));
    },
  );
});
