import type { Context } from '#engines/core/context.ts';
import { openRowChanges, type RowDelta } from '#engines/core/rows.ts';
import { store } from '#engines/store/store.ts';
import { changesOf } from './changes.ts';
import { listActivities } from './read.ts';
import type { Activity } from './types.ts';

interface WatchInput {
  limit: number;
  all: boolean;
}

/** The newest activities as rows, kept up to date. */
export async function* watchActivities(
  { limit, all }: WatchInput,
  context: Context,
): AsyncGenerator<RowDelta<Activity>> {
  const opened = context.use(store);
  const workspace = all ? undefined : context.workspace;
  const changed = openRowChanges<Activity>();
  for await (const _ of changesOf(opened, context.signal)) {
    const delta = changed(listActivities(opened, { workspace, limit }));
    if (delta) yield delta;
  }
}
