import type { Context } from '#engines/core/context.ts';
import { canonical } from '#engines/core/json.ts';
import { type RowDelta, rowKey } from '#engines/core/rows.ts';
import { readList } from './list.ts';
import { leaseMoments } from './moments.ts';
import type { Lease } from './types.ts';

/** The leases of the workspace as rows, kept up to date. */
export async function* watchLeases(_: object, context: Context): AsyncGenerator<RowDelta<Lease>> {
  let shown = new Map<string, string>();
  let first = true;
  for await (const _moment of leaseMoments(context)) {
    const { leases } = await readList({}, context);
    const texts = new Map(leases.map((row) => [rowKey(row), canonical(row)]));
    const set = leases.filter((row) => shown.get(rowKey(row)) !== texts.get(rowKey(row)));
    const drop = [...shown.keys()].filter((id) => !texts.has(id));
    shown = texts;
    if (first || set.length > 0 || drop.length > 0) yield { set, drop, complete: true };
    first = false;
  }
}
