import type { WorkerRow } from '#engines/worker/row.ts';
import { isTroubled } from '../kit/processes.ts';
import type { Pane } from '../pane.ts';
import { columns } from './columns.ts';
import { sections } from './detail.ts';
import { offers } from './offers.ts';

/** The model servers of this machine. */
export const workers: Pane<WorkerRow> = {
  id: 'workers',
  number: 4,
  title: 'Workers',
  weight: 2,
  list: { action: 'worker.list', input: {} },
  watch: { action: 'worker.watch', input: {} },
  key: ({ id }) => id,
  name: ({ id }) => id,
  links: ({ id }) => ({ worker: id }),
  columns,
  usage: ({ cpu, memory }) => (cpu === null || memory === null ? undefined : { cpu, memory }),
  words: ({ id, backend, model, state, why }) => [id, backend, model, state, why].filter(Boolean).join(' '),
  needsYou: ({ state }) => isTroubled(state),
  offers,
  sections,
  copies: ({ id, model, port, pid }) => [
    { label: 'name', text: id },
    ...(model === null ? [] : [{ label: 'model', text: model }]),
    ...(port === null ? [] : [{ label: 'port', text: String(port) }]),
    ...(pid === null ? [] : [{ label: 'pid', text: String(pid) }]),
  ],
  empty: { title: 'No model is being served', hint: 'n starts a worker for one backend and one model' },
};
