import type { Context } from '#engines/core/context.ts';
import { canonical } from '#engines/core/json.ts';
import { type RowDelta, rowKey } from '#engines/core/rows.ts';
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
  let shown = new Map<string, string>();
  let first = true;
  for await (const _ of changesOf(opened, context.signal)) {
    const rows = listActivities(opened, { workspace, limit });
    const texts = new Map(rows.map((row) => [rowKey(row), canonical(row)]));
    const set = rows.filter((row) => shown.get(rowKey(row)) !== texts.get(rowKey(row)));
    const drop = [...shown.keys()].filter((id) => !texts.has(id));
    shown = texts;
    if (first || set.length > 0 || drop.length > 0) yield { set, drop, complete: true };
    first = false;
  }
}
