import * as z from 'zod/mini';
import type { Action } from '#engines/core/action.ts';
import type { ActionCard } from '#engines/core/card.ts';
import type { Context } from '#engines/core/context.ts';
import { fields } from '#engines/core/fields.ts';
import { nearest } from '#engines/core/nearest.ts';
import type { Described } from './actions.ts';
import { describeError } from './errors.ts';

export async function readDescription(
  { action: wanted }: { action?: string },
  { registry }: Context,
): Promise<{ actions: Described[] }> {
  const id = wanted?.replaceAll(' ', '.');
  const cards = registry.cards.filter(
    (card) => id === undefined || card.id === id || card.id.startsWith(`${id}.`),
  );
  if (cards.length === 0) throw unknown(id ?? '', registry.cards);
  return {
    actions: await Promise.all(cards.map(async (card) => described(card, await registry.find(card.id)))),
  };
}

function described({ id, rerun = undefined, ...card }: ActionCard, action: Action | undefined): Described {
  const output = action?.kind === 'stream' ? action.event : action?.output;
  return {
    id,
    ...card,
    shell: `gantry ${id.replaceAll('.', ' ')}`,
    tool: id.replaceAll('.', '_'),
    rerun: rerun ?? null,
    output: output ? z.toJSONSchema(output, { metadata: fields as never }) : null,
  };
}

function unknown(id: string, cards: readonly ActionCard[]) {
  const meant = nearest(
    id,
    cards.map((card) => card.id),
  );
  return describeError(
    'action-unknown',
    `There is no action ${id}${meant ? `; did you mean ${meant}?` : '.'}`,
    {
      next: ['gantry describe'],
    },
  );
}
