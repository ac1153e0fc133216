import type { JoinedHealth } from '#engines/process/joined/row.ts';
import type { Links, Pane } from '../pane.ts';
import { columns } from './columns.ts';
import { sections } from './detail.ts';
import { ORDER } from './standing.ts';

/** How everything that is kept is, what is red first, and why. */
export const health: Pane<JoinedHealth> = {
  id: 'health',
  isCalled: true,
  title: 'Health',
  weight: 2,
  list: { action: 'process.health', input: {} },
  watch: { action: 'process.health.watch', input: {} },
  key: ({ id }) => id,
  name: ({ id }) => id,
  group: ({ owner }) => owner,
  links,
  jumps: [
    { to: 'services', by: ({ kind, owner }) => (kind === 'service' ? { service: owner } : undefined) },
    { to: 'workers', by: ({ kind, id }) => (kind === 'worker' ? { worker: id } : undefined) },
  ],
  compare: (a, b) => ORDER.indexOf(a.standing) - ORDER.indexOf(b.standing) || (a.id < b.id ? -1 : 1),
  columns,
  words: ({ id, standing, phase, owner, model, probe, said, why }) =>
    [id, standing, phase, owner, model, probe, said, why].filter(Boolean).join(' '),
  needsYou: ({ standing }) => standing === 'red',
  offers: [],
  sections,
  copies: ({ id, next, probe, port, pid }) => [
    { label: 'name', text: id },
    ...(next === null ? [] : [{ label: 'next command', text: next }]),
    ...(probe === null ? [] : [{ label: 'probe', text: probe }]),
    ...(port === null ? [] : [{ label: 'port', text: String(port) }]),
    ...(pid === null ? [] : [{ label: 'pid', text: String(pid) }]),
  ],
  empty: {
    title: 'Nothing is kept running',
    hint: ':service start keeps a command, :worker spawn a model server',
  },
};

function links({ kind, id, owner }: JoinedHealth): Links {
  return kind === 'service' ? { service: owner } : kind === 'worker' ? { worker: id } : {};
}
