import type { WorkerRow } from '#engines/worker/row.ts';
import { isAtRest } from '../kit/processes.ts';
import type { Call, Offer } from '../pane.ts';

/** What workers can be given to; the keys stand in the keymap. */
export const offers: readonly Offer<WorkerRow>[] = [
  { id: 'worker.spawn', takes: 'none', call: () => ({ action: 'worker.spawn', input: {} }) },
  {
    id: 'workers.toggle',
    takes: 'many',
    call: (rows) => named(rows.every(isAtRest) ? 'worker.restart' : 'worker.stop', rows),
  },
  {
    id: 'worker.restart',
    takes: 'many',
    call: (rows) => named('worker.restart', rows),
    unable: keptElsewhere,
  },
  {
    id: 'worker.infer',
    takes: 'one',
    call: ([row]) => ({ action: 'worker.infer', input: { name: row?.id } }),
    unable: ({ state }) => (state === 'running' ? undefined : `it is ${state}`),
  },
  { id: 'worker.remove', takes: 'many', call: (rows) => named('worker.remove', rows), unable: keptElsewhere },
];

function keptElsewhere({ pool }: WorkerRow): string | undefined {
  return pool === undefined ? undefined : 'it is with a pool manager';
}

function named(action: string, rows: readonly WorkerRow[]): Call {
  return { action, input: { names: rows.map(({ id }) => id) } };
}
