import { changesOf } from '#engines/activity/changes.ts';
import type { Context } from '#engines/core/context.ts';
import { openRowChanges, type RowDelta } from '#engines/core/rows.ts';
import { store } from '#engines/store/store.ts';
import { lastHeard } from '../ask-now.ts';
import { readProcesses } from '../records.ts';
import { alsoEvery } from '../ticks.ts';
import { join } from './join.ts';
import type { JoinedHealth } from './row.ts';

/** Milliseconds between looks at who has which port: nobody tells of that. */
const LOOK_EVERY = 5_000;

/** How everything that is kept is, kept up to date by what the daemon hears: nobody is asked because somebody watches. */
export async function* watchJoined(
  _: object,
  { use, signal }: Context,
): AsyncGenerator<RowDelta<JoinedHealth>> {
  const opened = use(store);
  const changed = openRowChanges<JoinedHealth>();
  for await (const _ of alsoEvery(changesOf(opened, signal), { interval: LOOK_EVERY, signal })) {
    const delta = changed(await join(lastHeard(readProcesses(opened))));
    if (delta) yield delta;
  }
}
