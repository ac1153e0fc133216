import * as z from 'zod/mini';
import type { Action } from '#engines/core/action.ts';
import type { ActionCard } from '#engines/core/card.ts';
import type { Context } from '#engines/core/context.ts';
import { EXIT, type ExitClass } from '#engines/core/errors.ts';
import { fields } from '#engines/core/fields.ts';
import { nearest } from '#engines/core/nearest.ts';
import type { Registry } from '#engines/core/registry.ts';
import { describeError } from './errors.ts';
import { EXIT_MEANINGS } from './exits.ts';
import type { DescribedAction, Description } from './types.ts';

export async function readDescription(
  { action: wanted }: { action?: string },
  { registry }: Context,
): Promise<Description> {
  const id = wanted?.replaceAll(' ', '.');
  const cards = registry.cards.filter(
    (card) => id === undefined || card.id === id || card.id.startsWith(`${id}.`),
  );
  if (cards.length === 0) throw unknown(id ?? '', registry.cards);
  const actions = await Promise.all(cards.map(async (card) => described(card, await registry.find(card.id))));
  return { actions, ...(id === undefined ? await aroundThem(registry) : NOTHING) };
}

type Around = Omit<Description, 'actions'>;

const NOTHING: Around = { options: [], commands: [], exitCodes: [] };

async function aroundThem({ shell }: Registry): Promise<Around> {
  const { options, commands } = await shell();
  return {
    options,
    commands: commands.map(({ id, summary, input }) => ({ shell: shellWords(id), summary, input })),
    exitCodes: (Object.entries(EXIT) as [ExitClass, number][]).map(([name, code]) => ({
      code,
      class: name,
      meaning: EXIT_MEANINGS[name],
    })),
  };
}

function described(card: ActionCard, action: Action | undefined): DescribedAction {
  const {
    id,
    kind,
    summary,
    needsWorkspace,
    network = false,
    rerun = null,
    effects = [],
    input,
    examples,
  } = card;
  const output = action?.kind === 'stream' ? action.event : action?.output;
  return {
    id,
    kind,
    summary,
    shell: shellWords(id),
    tool: id.replaceAll('.', '_'),
    needsWorkspace,
    network,
    rerun,
    effects,
    input,
    output: output ? z.toJSONSchema(output, { metadata: fields as never }) : null,
    examples,
  };
}

function shellWords(id: string): string {
  return `gantry ${id.replaceAll('.', ' ')}`;
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
