import { type DownloadRecord, pathOf } from './records.ts';
import type { DownloadRow } from './row.ts';
import type { DownloadState } from './types.ts';

/** `live` is how far it is just now, where somebody knows better than the record. */
export function rowOf({ id, spec, state, createdAt }: DownloadRecord, live?: DownloadState): DownloadRow {
  const { phase, received, rate, waiting, failure, notes, sha256, endedAt } = live ?? state;
  const { model, repo, file, size } = spec;
  return {
    ...{ id: String(id), model, repo, file, path: pathOf(spec), phase, received, size, rate },
    remaining: phase === 'active' ? remainingOf({ size, received, rate }) : null,
    ...{ waiting, failure, why: waiting?.words ?? failure?.message ?? '', notes, sha256, createdAt, endedAt },
  };
}

/** Milliseconds; null where nothing comes. */
export function remainingOf({ size, received, rate }: Pick<DownloadRow, 'size' | 'received' | 'rate'>) {
  return rate > 0 ? Math.round(((size - received) / rate) * 1_000) : null;
}
