import type { Context } from '#engines/core/context.ts';
import { openRowChanges, type RowDelta } from '#engines/core/rows.ts';
import { processMoments } from '#engines/process/moments.ts';
import { openShares } from '#engines/process/shares.ts';
import { workerRows } from './list.ts';
import { keptWorkers } from './named.ts';
import { openSight } from './pool/sight.ts';
import type { WorkerRow } from './row.ts';

/** Gantry's own workers and those of a pool manager as rows, kept up to date; of two of one name, its own. */
export async function* watchWorkers(_: object, context: Context): AsyncGenerator<RowDelta<WorkerRow>> {
  const changed = openRowChanges<WorkerRow>();
  const shares = openShares();
  const pool = openSight(context);
  for await (const _ of processMoments(context)) {
    const own = workerRows(keptWorkers(context), shares.look());
    const names = new Set(own.map(({ id }) => id));
    const delta = changed([...own, ...pool.rows().filter(({ id }) => !names.has(id))]);
    if (delta) yield delta;
  }
}
