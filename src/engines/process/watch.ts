import type { Context } from '#engines/core/context.ts';
import { openRowChanges, type RowDelta } from '#engines/core/rows.ts';
import { store } from '#engines/store/store.ts';
import { processMoments } from './moments.ts';
import { readProcesses } from './records.ts';
import { rowsOf } from './rows.ts';
import { openShares } from './shares.ts';
import type { Process } from './types.ts';

/** The kept processes as rows: told of each change at once, and of what they use now and then. */
export async function* watchProcesses(_: object, context: Context): AsyncGenerator<RowDelta<Process>> {
  const opened = context.use(store);
  const changed = openRowChanges<Process>();
  const shares = openShares();
  for await (const _ of processMoments(context)) {
    const delta = changed(rowsOf(readProcesses(opened), shares.look()));
    if (delta) yield delta;
  }
}
