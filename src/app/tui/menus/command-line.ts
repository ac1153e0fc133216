import type { ActionCard } from '#app/registry/card.ts';
import { type Candidate, type Slot, slotAfter } from '#app/surface/completion/slot.ts';
import type { State } from '../state/state.ts';
import type { World } from '../state/world.ts';
import { type Typing, typingIn } from './arguments.ts';

/** An action's words with something behind them, as they stand in the palette. */
export interface CommandLine extends Typing {
  card: ActionCard;
  /** All that is typed. */
  text: string;
  /** Where its arguments begin. */
  from: number;
  slot: Slot;
}

/** Nothing where the text names no action, or nothing stands behind the name yet, not even a space. */
export function commandLine(text: string, { cards }: World): CommandLine | undefined {
  const [card] = cards
    .filter((one) => `${text} `.startsWith(`${wordsOf(one)} `))
    .toSorted((a, b) => b.id.length - a.id.length);
  const from = card ? wordsOf(card).length : text.length;
  // The words of `undo prune` are no argument of `undo`.
  if (!card || from === text.length) return undefined;
  const typing = typingIn(text.slice(from));
  return { card, text, from, ...typing, slot: slotAfter(card, typing.before) };
}

export function wordsOf({ id }: ActionCard): string {
  return id.replaceAll('.', ' ');
}

/** What the next word could be, as far as it is known. */
export function knownWords({ slot, current }: CommandLine, state: State): readonly Candidate[] {
  if (current.startsWith('-')) return slot.options;
  if (slot.property?.enum) return slot.property.enum.map((word) => ({ word, description: '' }));
  return known(slot, state);
}

/** What a slot can be filled with, but for what is given already. */
export function known(slot: Slot, { values }: State): readonly Candidate[] {
  return (values[questionFor(slot)] ?? []).filter(({ word }) => !slot.given.includes(word));
}

/** Tells apart what is asked of the host for a slot. */
export function questionFor({ property, subjects }: Slot): string {
  return JSON.stringify([property?.completes, subjects]);
}
