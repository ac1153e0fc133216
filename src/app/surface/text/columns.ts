import type * as z from 'zod/mini';
import type { Column } from '#engines/core/card.ts';
import { fields } from '#engines/core/fields.ts';

/** The columns that a row schema names, in the order of its declaration. */
export function columnsOf(row: z.ZodMiniObject): Column[] {
  return Object.entries(row.shape).flatMap(([key, schema]) => {
    const meta = fields.get(schema as z.ZodMiniType);
    return meta?.column ? [{ key, head: meta.column, unit: meta.unit }] : [];
  });
}
