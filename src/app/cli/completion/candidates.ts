import type { ActionCard, Property } from '#app/registry/card.ts';
import { kebab } from '#app/surface/line.ts';
import { nameAction } from '../argv/words.ts';
import { GLOBAL_OPTIONS } from '../globals.ts';

/** A word that may stand next, with what to say of it. */
export interface Candidate {
  word: string;
  description: string;
}

/** What a value completes to that only the workspace knows: repo names, branches, activities. */
export type Values = (
  completes: NonNullable<Property['completes']>,
  typed: readonly string[],
) => Promise<Candidate[]>;

/** The words that may stand at the end of `typed`, whose last word is the one being typed. */
export async function candidates(
  typed: readonly string[],
  cards: readonly ActionCard[],
  values: Values,
): Promise<Candidate[]> {
  const before = typed.slice(0, -1);
  const current = typed.at(-1) ?? '';
  const { card, rest } = nameAction(before, cards);
  // The words of one action may begin those of another: `undo` takes an id, and `undo list` lists.
  const next = rest.length === 0 || !card ? nextWords(before, cards) : [];
  const found = card ? [...next, ...(await argumentWords(card, rest, current, values))] : next;
  return found.filter(({ word }) => word.startsWith(current));
}

/** Nouns, or the verbs of the nouns that stand already. */
function nextWords(before: readonly string[], cards: readonly ActionCard[]): Candidate[] {
  const words = before.filter((word) => !word.startsWith('-'));
  const prefix = words.map((word) => `${word}.`).join('');
  const next = new Map<string, string>();
  for (const { id, summary } of cards.filter((card) => card.id.startsWith(prefix))) {
    const [word = '', ...deeper] = id.slice(prefix.length).split('.');
    if (deeper.length === 0) next.set(word, summary);
    else if (!next.has(word)) next.set(word, `${word} …`);
  }
  return [...next].map(([word, description]) => ({ word, description }));
}

async function argumentWords(
  card: ActionCard,
  rest: readonly string[],
  current: string,
  values: Values,
): Promise<Candidate[]> {
  const properties = Object.entries(card.input.properties);
  if (current.startsWith('-')) return options(properties);
  const awaited = properties.find(([name]) => rest.at(-1) === `--${kebab(name)}`)?.[1];
  const property = awaited && awaited.type !== 'boolean' ? awaited : nextPositional(properties, rest);
  if (!property) return [];
  if (property.enum) return property.enum.map((word) => ({ word, description: '' }));
  if (!property.completes) return [];
  const offered = await values(property.completes, rest);
  return property.type === 'array' ? offered.filter(({ word }) => !rest.includes(word)) : offered;
}

function options(properties: [string, Property][]): Candidate[] {
  const own = properties
    .filter(([, property]) => !property.positional)
    .map(([name, { description = '' }]) => ({ word: `--${kebab(name)}`, description }));
  return [...own, ...GLOBAL_OPTIONS.map(({ name, description }) => ({ word: `--${name}`, description }))];
}

function nextPositional(properties: [string, Property][], rest: readonly string[]): Property | undefined {
  const given = rest.filter((word) => !word.startsWith('-')).length;
  const positionals = properties
    .filter(([, property]) => property.positional)
    .map(([, property]) => property);
  const last = positionals.at(-1);
  return positionals[given] ?? (last?.type === 'array' ? last : undefined);
}
