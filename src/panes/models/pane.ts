import type { ModelRow } from '#engines/models/types.ts';
import type { Pane } from '../pane.ts';
import { columns } from './columns.ts';
import { sections } from './detail.ts';
import { offers } from './offers.ts';
import { isTroubled } from './state.ts';

/** The models of the catalogs and of this machine. */
export const models: Pane<ModelRow> = {
  id: 'models',
  number: 5,
  title: 'Models',
  weight: 2,
  list: { action: 'models.status', input: {} },
  watch: { action: 'models.watch', input: {} },
  key: ({ id }) => id,
  name: ({ id }) => id,
  columns,
  compare: byPresence,
  words: ({ id, name, repo, state, quantisation }) =>
    [id, name, repo, state, quantisation].filter(Boolean).join(' '),
  needsYou: isTroubled,
  offers,
  sections,
  copies: ({ id, repo, file, directory }) => [
    { label: 'id', text: id },
    ...(repo === null ? [] : [{ label: 'repository', text: repo }]),
    ...(directory === null || file === null ? [] : [{ label: 'path', text: `${directory}/${file}` }]),
  ],
  directory: ({ directory }) => directory ?? undefined,
  opens: {
    destination: ({ repo }) =>
      repo === null ? undefined : { kind: 'page', url: `https://huggingface.co/${repo}` },
    missing: 'no hub has it',
  },
  empty: { title: 'No catalog lists a model', hint: 'gantry models register adds one' },
};

/** What comes, then what is here, then what could be. */
function byPresence(a: ModelRow, b: ModelRow): number {
  const order = ({ coming, size }: ModelRow) => (coming ? 0 : size > 0 ? 1 : 2);
  return order(a) - order(b) || (a.id < b.id ? -1 : 1);
}
