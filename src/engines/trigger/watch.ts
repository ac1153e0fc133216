import { changesOf } from '#engines/activity/changes.ts';
import type { Context } from '#engines/core/context.ts';
import { openRowChanges, type RowDelta } from '#engines/core/rows.ts';
import { alsoEvery } from '#engines/process/ticks.ts';
import { store } from '#engines/store/store.ts';
import { servedTo } from './list.ts';
import { triggers } from './records.ts';
import { type TriggerRow, triggerRows } from './rows.ts';

/** Milliseconds between looks of their own: the server comes and goes where nothing is written. */
const LOOK_EVERY = 30_000;

/** The triggers as rows, kept up to date. */
export async function* watchTriggers(_: object, context: Context): AsyncGenerator<RowDelta<TriggerRow>> {
  const { signal } = context;
  const opened = context.use(store);
  const changed = openRowChanges<TriggerRow>();
  for await (const _ of alsoEvery(changesOf(opened, signal), { interval: LOOK_EVERY, signal })) {
    const delta = changed(triggerRows(triggers.all(opened), servedTo(context), context));
    if (delta) yield delta;
  }
}
