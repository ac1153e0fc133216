import type { Context } from '#engines/core/context.ts';
import { openRowChanges, type RowDelta } from '#engines/core/rows.ts';
import { processMoments } from '#engines/process/moments.ts';
import { openShares } from '#engines/process/shares.ts';
import { serviceRows } from './list.ts';
import { keptServices } from './named.ts';
import type { ServiceRow } from './row.ts';

/** The services as rows, kept up to date. */
export async function* watchServices(_: object, context: Context): AsyncGenerator<RowDelta<ServiceRow>> {
  const changed = openRowChanges<ServiceRow>();
  const shares = openShares();
  for await (const _ of processMoments(context)) {
    const delta = changed(serviceRows(keptServices(context), shares.look()));
    if (delta) yield delta;
  }
}
