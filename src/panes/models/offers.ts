import type { ModelRow } from '#engines/models/types.ts';
import type { Call, Offer } from '../pane.ts';

/** What models can be given to; the keys stand in the keymap. */
export const offers: readonly Offer<ModelRow>[] = [
  {
    id: 'models.download',
    takes: 'many',
    call: (rows) => ({ action: 'models.download', input: { models: idsOf(rows) } }),
    unable: ({ state, repo }) => {
      if (repo === null) return 'no hub has it';
      return state === 'downloaded' ? 'it is here' : undefined;
    },
  },
  {
    id: 'models.toggle',
    takes: 'many',
    call: (rows) => {
      const rests = rows.every(({ coming }) => coming?.phase !== 'active' && coming?.phase !== 'queued');
      return comings(rests ? 'models.resume' : 'models.pause', rows);
    },
    unable: unlessComing,
  },
  {
    id: 'models.cancel',
    takes: 'many',
    call: (rows) => comings('models.cancel', rows),
    unable: unlessComing,
  },
  {
    id: 'models.prioritise',
    takes: 'one',
    call: ([row]) => ({
      action: 'models.prioritise',
      input: { download: row?.coming?.downloads[0] ?? row?.id },
    }),
    unable: unlessComing,
  },
  {
    id: 'models.verify',
    takes: 'many',
    call: (rows) => ({ action: 'models.verify', input: { ids: idsOf(rows) } }),
    unable: unlessHere,
  },
  {
    id: 'models.spawn',
    takes: 'one',
    call: ([row]) => ({ action: 'worker.spawn', input: { model: row?.id } }),
    unable: ({ state }) => (state === 'downloaded' ? undefined : `it is ${state}`),
  },
  {
    id: 'models.delete',
    takes: 'many',
    call: (rows) => ({ action: 'models.delete', input: { ids: idsOf(rows) } }),
    unable: unlessHere,
  },
];

function idsOf(rows: readonly ModelRow[]): string[] {
  return rows.map(({ id }) => id);
}

function comings(action: string, rows: readonly ModelRow[]): Call {
  return { action, input: { downloads: rows.flatMap(({ coming }) => coming?.downloads ?? []) } };
}

function unlessComing({ coming }: ModelRow): string | undefined {
  return coming ? undefined : 'nothing of it comes';
}

function unlessHere({ size }: ModelRow): string | undefined {
  return size > 0 ? undefined : 'nothing of it is here';
}
