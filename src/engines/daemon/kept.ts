import type { Context } from '#engines/core/context.ts';
import { type ProcessRecord, readProcesses } from '#engines/process/records.ts';
import { isAtRest } from '#engines/process/status.ts';
import { store } from '#engines/store/store.ts';

/** What the daemon keeps and is not at rest. */
export function keptRunning({ use }: Pick<Context, 'use'>): ProcessRecord[] {
  return readProcesses(use(store)).filter(({ status }) => !isAtRest(status));
}

/** The same, each before those that it needs. */
export function keptInOrder(context: Pick<Context, 'use'>): ProcessRecord[] {
  const kept = new Map(keptRunning(context).map((record) => [record.spec.name, record]));
  const needed: ProcessRecord[] = [];
  const seen = new Set<string>();
  const visit = (record: ProcessRecord) => {
    const { name, needs } = record.spec;
    if (seen.has(name)) return;
    seen.add(name);
    for (const one of needs.flatMap((need) => kept.get(need) ?? [])) visit(one);
    needed.push(record);
  };
  for (const record of kept.values()) visit(record);
  return needed.toReversed();
}
