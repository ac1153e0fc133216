import type { Context } from '#engines/core/context.ts';
import type { RunRow } from './rows.ts';
import { placeOf, runsDirectory } from './witness/place.ts';
import { readEvents, runNames } from './witness/read.ts';
import { rowOf } from './witness/row.ts';

export async function readList({ limit }: { limit: number }, context: Context): Promise<{ runs: RunRow[] }> {
  const directory = runsDirectory(context);
  const runs: RunRow[] = [];
  for (const id of await runNames(directory)) {
    if (runs.length === limit) break;
    const row = rowOf(id, await readEvents(placeOf(directory, id).file), context);
    if (row) runs.push(row);
  }
  return { runs };
}
