import type { Context } from '#engines/core/context.ts';
import { openRowChanges, type RowDelta } from '#engines/core/rows.ts';
import { processMoments } from '#engines/process/moments.ts';
import { openShares } from '#engines/process/shares.ts';
import { workerRows } from './list.ts';
import { keptWorkers } from './named.ts';
import type { WorkerRow } from './row.ts';

/** The workers as rows, kept up to date. */
export async function* watchWorkers(_: object, context: Context): AsyncGenerator<RowDelta<WorkerRow>> {
  const changed = openRowChanges<WorkerRow>();
  const shares = openShares();
  for await (const _ of processMoments(context)) {
    const delta = changed(workerRows(keptWorkers(context), shares.look()));
    if (delta) yield delta;
  }
}
