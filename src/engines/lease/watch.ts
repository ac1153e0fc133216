import type { Context } from '#engines/core/context.ts';
import { openRowChanges, type RowDelta } from '#engines/core/rows.ts';
import { readList } from './list.ts';
import { leaseMoments } from './moments.ts';
import type { Lease } from './types.ts';

/** The leases of the workspace as rows, kept up to date. */
export async function* watchLeases(_: object, context: Context): AsyncGenerator<RowDelta<Lease>> {
  const changed = openRowChanges<Lease>();
  for await (const _moment of leaseMoments(context)) {
    const { leases } = await readList({}, context);
    const delta = changed(leases);
    if (delta) yield delta;
  }
}
