import type { ServiceRow } from '#engines/service/row.ts';
import { isAtRest } from '../kit/processes.ts';
import type { Call, Offer } from '../pane.ts';

/** What services can be given to; the keys stand in the keymap. */
export const offers: readonly Offer<ServiceRow>[] = [
  { id: 'service.start', takes: 'none', call: () => ({ action: 'service.start', input: {} }) },
  {
    id: 'services.toggle',
    takes: 'many',
    // What is on record and at rest is started by being restarted.
    call: (rows) => named(rows.every(isAtRest) ? 'service.restart' : 'service.stop', rows),
  },
  { id: 'service.restart', takes: 'many', call: (rows) => named('service.restart', rows) },
  { id: 'service.reload', takes: 'many', call: (rows) => named('service.reload', rows) },
  {
    id: 'service.scale',
    takes: 'one',
    call: ([row]) => ({ action: 'service.scale', input: { name: row?.id } }),
  },
  {
    id: 'service.deploy',
    takes: 'one',
    call: ([row]) => ({
      action: 'service.deploy',
      input: { name: row?.id, ...(row?.artifact ? { artifact: row.artifact } : {}) },
    }),
    unable: ({ artifact }) => (artifact === null ? 'it is a command and has no artifact' : undefined),
  },
  {
    id: 'service.rollback',
    takes: 'one',
    call: ([row]) => ({ action: 'service.rollback', input: { name: row?.id } }),
  },
  { id: 'service.remove', takes: 'many', call: (rows) => named('service.remove', rows) },
];

function named(action: string, rows: readonly ServiceRow[]): Call {
  return { action, input: { names: rows.map(({ id }) => id) } };
}
