import type { ServiceRow } from '#engines/service/row.ts';
import { isTroubled } from '../kit/processes.ts';
import type { Pane } from '../pane.ts';
import { columns } from './columns.ts';
import { sections } from './detail.ts';
import { offers } from './offers.ts';

/** What is kept running on this machine, service by service. */
export const services: Pane<ServiceRow> = {
  id: 'services',
  number: 6,
  title: 'Services',
  weight: 2,
  list: { action: 'service.list', input: {} },
  watch: { action: 'service.watch', input: {} },
  key: ({ id }) => id,
  name: ({ id }) => id,
  links: ({ id }) => ({ service: id }),
  columns,
  usage: ({ cpu, memory }) => (cpu === null || memory === null ? undefined : { cpu, memory }),
  words: ({ id, state, why, version, environment, about }) =>
    [id, state, why, version, environment, about].filter(Boolean).join(' '),
  needsYou: ({ state }) => isTroubled(state),
  offers,
  sections,
  copies: ({ id, artifact, port, processes }) => [
    { label: 'name', text: id },
    ...(artifact === null ? [] : [{ label: 'artifact', text: artifact }]),
    ...(port === null ? [] : [{ label: 'port', text: String(port) }]),
    ...processes.flatMap(({ pid }) => (pid === null ? [] : [{ label: 'pid', text: String(pid) }])),
  ],
  empty: {
    title: 'Nothing is kept running',
    hint: 'n starts an artifact or a command that outlives this terminal',
  },
};
