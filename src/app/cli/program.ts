import type { ActionCard } from '#app/registry/card.ts';
import { allCards } from './cards.ts';
import { GLOBAL_OPTIONS, type GlobalOption } from './globals.ts';
import { shellCard } from './shell-card.ts';

/** A name that this program is called by: what words can name there, and what every command takes. */
export interface Program {
  name: string;
  /** The forms of its command lines. */
  usage: readonly string[];
  /** A command line without a word. */
  bare: ActionCard;
  cards: readonly ActionCard[];
  options: readonly GlobalOption[];
}

/** A command line without a word is parsed, helped and completed by a card as well. */
export const BARE = shellCard(
  '',
  'A keyboard-driven workbench for many git repositories and many long-lived processes',
  {
    version: { type: 'boolean', short: 'V', description: 'Show the version' },
  },
);

export const GANTRY: Program = {
  name: 'gantry',
  usage: ['gantry                       the screen', 'gantry <noun> <verb> [...]   one action'],
  bare: BARE,
  get cards() {
    return allCards();
  },
  options: GLOBAL_OPTIONS,
};
