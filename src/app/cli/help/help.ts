import type { ActionCard } from '#app/registry/card.ts';
import { isColoured, printLines } from '#app/surface/streams.ts';
import { type Style, styleFor } from '#app/surface/style.ts';
import { nearest } from '#engines/core/nearest.ts';
import { globalsIn, readArguments } from '../argv/parse.ts';
import type { Named } from '../argv/words.ts';
import { cliError } from '../errors.ts';
import { GANTRY, type Program } from '../program.ts';
import { actionHelp } from './action.ts';
import { nounHelp, rootHelp } from './listing.ts';

/** Help for what was named; a word that names nothing is an error that suggests the nearest. */
export async function runHelp(named: Named): Promise<number> {
  printLines(helpLines(named, GANTRY, styleFor(isColoured(1, globalsIn(named, process.env)))));
  return 0;
}

/** The same, of any name that this program is called by. */
export function helpLines({ card, words, strays, rest }: Named, program: Program, style: Style): string[] {
  const [noun = ''] = words;
  if (card) return actionHelp(card, style, program);
  if (strays.length > 0) throw unknown([...words, ...strays], words.length + 1, program);
  if (noun === '') return rootHelp(program, style);
  // A noun has no options of its own: what is none of everywhere is a mistake.
  readArguments({ ...program.bare, id: noun, input: { type: 'object', properties: {} } }, rest, program);
  return nounHelp(noun, program, style);
}

function unknown(typed: readonly string[], shown: number, { name, cards }: Program) {
  const meant = meantBy(typed, cards);
  return cliError(
    'command-unknown',
    `There is no command "${typed.slice(0, shown).join(' ')}"${meant ? `; did you mean "${meant}"?` : '.'}`,
    { next: [meant ? `${name} ${meant} --help` : `${name} --help`] },
  );
}

/** The nearest command of as many words as possible: what stands behind it may be arguments. */
function meantBy(typed: readonly string[], cards: readonly ActionCard[]): string | undefined {
  const lengths = [3, 2, 1].filter((length) => length <= typed.length);
  const found = lengths.flatMap(
    (length) => nearest(typed.slice(0, length).join(' '), commandsOf(length, cards)) ?? [],
  );
  return found[0];
}

/** Commands, or beginnings of commands, of so many words. */
function commandsOf(length: number, cards: readonly ActionCard[]): string[] {
  const words = cards.map(({ id }) => id.split('.')).filter((parts) => parts.length >= length);
  return [...new Set(words.map((parts) => parts.slice(0, length).join(' ')))];
}
