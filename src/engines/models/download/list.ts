import type { Context } from '#engines/core/context.ts';
import { readDownloads } from '#engines/download/records.ts';
import type { DownloadRow } from '#engines/download/row.ts';
import { rowOf } from '#engines/download/rows.ts';
import { store } from '#engines/store/store.ts';

export async function readDownloadList(
  { all }: { all: boolean },
  context: Context,
): Promise<{ downloads: DownloadRow[] }> {
  const records = readDownloads(context.use(store));
  const shown = records.filter(({ state: { phase } }) => all || (phase !== 'done' && phase !== 'cancelled'));
  return { downloads: shown.map((record) => rowOf(record)) };
}
