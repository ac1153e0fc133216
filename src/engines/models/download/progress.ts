import { changesOf } from '#engines/activity/changes.ts';
import type { Context } from '#engines/core/context.ts';
import { openRowChanges, type RowDelta } from '#engines/core/rows.ts';
import { daemonLink } from '#engines/daemon/link.ts';
import { downloads } from '#engines/download/queue.ts';
import { readDownloads } from '#engines/download/records.ts';
import type { DownloadRow } from '#engines/download/row.ts';
import { rowOf } from '#engines/download/rows.ts';
import { alsoEvery } from '#engines/process/ticks.ts';
import { store } from '#engines/store/store.ts';

/** Milliseconds between looks while anything comes. */
const LOOK_EVERY = 100;

/** The downloads as rows, kept up to date: the daemon knows how far they are just now, everybody else once a second. */
export async function* followProgress(_: object, context: Context): AsyncGenerator<RowDelta<DownloadRow>> {
  const { signal } = context;
  const opened = context.use(store);
  const kept = context.use(daemonLink).isHere ? context.use(downloads) : undefined;
  const changed = openRowChanges<DownloadRow>();
  const changes = changesOf(opened, signal);
  for await (const _ of kept ? alsoEvery(changes, { interval: LOOK_EVERY, signal }) : changes) {
    const live = kept?.now();
    const rows = readDownloads(opened).map((record) => rowOf(record, live?.get(record.id)));
    const delta = changed(rows);
    if (delta) yield delta;
  }
}
