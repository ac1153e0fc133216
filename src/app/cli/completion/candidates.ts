import type { ActionCard } from '#app/registry/card.ts';
import { type Candidate, slotAfter, type Values, wordsFor } from '#app/surface/completion/slot.ts';
import { nameAction } from '../argv/words.ts';
import { globalProperties } from '../globals.ts';
import { BARE } from '../program.ts';

/** The words that may stand at the end of `typed`, whose last word is the one being typed. */
export async function candidates(
  typed: readonly string[],
  cards: readonly ActionCard[],
  values: Values,
): Promise<Candidate[]> {
  const current = typed.at(-1) ?? '';
  const { card, words, strays, rest } = nameAction(typed.slice(0, -1), cards);
  if (card?.id === 'help') return candidates([...rest, current], cards, values);
  const slot = slotAfter(withGlobals(card ?? BARE), rest);
  // The words of one action may begin those of another: `undo` takes an id, and `undo list` lists.
  const next = slot.isOpen ? nextWords([...words, ...strays], cards) : [];
  const found = current.startsWith('-') ? slot.options : [...next, ...(await wordsFor(slot, values))];
  return found.filter(({ word }) => word.startsWith(current));
}

function withGlobals(card: ActionCard): ActionCard {
  const own = card.input.properties;
  return { ...card, input: { ...card.input, properties: { ...own, ...globalProperties(), ...own } } };
}

/** Nouns, or the verbs of the nouns that stand already. */
function nextWords(words: readonly string[], cards: readonly ActionCard[]): Candidate[] {
  const prefix = words.map((word) => `${word}.`).join('');
  const next = new Map<string, string>();
  for (const { id, summary } of cards.filter((card) => card.id.startsWith(prefix))) {
    const [word = '', ...deeper] = id.slice(prefix.length).split('.');
    if (deeper.length === 0) next.set(word, summary);
    else if (!next.has(word)) next.set(word, `${word} …`);
  }
  return [...next].map(([word, description]) => ({ word, description }));
}
