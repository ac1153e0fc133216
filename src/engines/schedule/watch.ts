import { changesOf } from '#engines/activity/changes.ts';
import type { Context } from '#engines/core/context.ts';
import { openRowChanges, type RowDelta } from '#engines/core/rows.ts';
import { alsoEvery } from '#engines/process/ticks.ts';
import { store } from '#engines/store/store.ts';
import { schedules } from './records.ts';
import { type ScheduleRow, scheduleRows } from './rows.ts';

/** Milliseconds between looks of their own: moments also pass where nothing is written. */
const LOOK_EVERY = 30_000;

/** The schedules as rows, kept up to date. */
export async function* watchSchedules(_: object, context: Context): AsyncGenerator<RowDelta<ScheduleRow>> {
  const { signal } = context;
  const opened = context.use(store);
  const changed = openRowChanges<ScheduleRow>();
  for await (const _ of alsoEvery(changesOf(opened, signal), { interval: LOOK_EVERY, signal })) {
    const delta = changed(scheduleRows(schedules.all(opened), context));
    if (delta) yield delta;
  }
}
