import type { Context } from '#engines/core/context.ts';
import { type DownloadRecord, pathOf, readDownloads } from '#engines/download/records.ts';
import { remainingOf } from '#engines/download/rows.ts';
import { isOpen } from '#engines/download/types.ts';
import { store } from '#engines/store/store.ts';
import type { Coming } from './types.ts';

/** Which downloads are about which weights: those that are open, and those that have failed and nobody has looked after. */
export function openComing({ use }: Pick<Context, 'use'>): (weights: readonly string[]) => Coming | null {
  const newest = new Map(readDownloads(use(store)).map((record) => [pathOf(record.spec), record]));
  return (weights) => {
    const records = weights.flatMap((file) => newest.get(file) ?? []).filter(isOfNow);
    return records.length === 0 ? null : together(records);
  };
}

function isOfNow({ state }: DownloadRecord): boolean {
  return isOpen(state) || state.phase === 'failed';
}

/** Several files of one model as one download: it is where the one is that wants most to be seen. */
function together(records: readonly DownloadRecord[]): Coming {
  const sum = (of: (record: DownloadRecord) => number) => records.reduce((all, one) => all + of(one), 0);
  const phases = ['failed', 'active', 'queued', 'paused'] as const;
  const phase = phases.find((one) => records.some(({ state }) => state.phase === one)) ?? 'queued';
  const [size, received] = [sum(({ spec }) => spec.size), sum(({ state }) => state.received)];
  const rate = sum(({ state }) => state.rate);
  const { waiting, failure } = records.find(({ state }) => state.phase === phase)?.state ?? {};
  return {
    downloads: records.map(({ id }) => String(id)),
    ...{
      phase,
      received,
      size,
      rate,
      remaining: phase === 'active' ? remainingOf({ size, received, rate }) : null,
    },
    why: waiting?.words ?? failure?.message ?? null,
  };
}
