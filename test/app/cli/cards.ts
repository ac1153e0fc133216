import type { ActionCard } from '#engines/core/card.ts';

const card = (
  id: string,
  properties: ActionCard['input']['properties'] = {},
  required: string[] = [],
): ActionCard => ({
  id,
  kind: 'command',
  summary: `Summary of ${id}`,
  needsWorkspace: true,
  input: { type: 'object', properties, required },
  examples: [],
});

/** A small house to parse words in. */
export const CARDS: readonly ActionCard[] = [
  card('undo', { id: { type: 'string', positional: true, completes: 'activity' } }),
  card('undo.list', { limit: { type: 'number', short: 'n', default: 20 } }),
  card('repo.status', {
    repos: { type: 'array', items: { type: 'string' }, positional: true, completes: 'repo' },
  }),
  card('repo.reset', {
    repos: { type: 'array', items: { type: 'string' }, positional: true, completes: 'repo' },
    to: { type: 'string', completes: 'branch' },
    mode: { type: 'string', enum: ['hard', 'keep'] },
    all: { type: 'boolean', default: false },
  }),
  card('flow.feature.start', { name: { type: 'string', positional: true } }, ['name']),
];

export const cardOf = (id: string): ActionCard => CARDS.find((one) => one.id === id) as ActionCard;
