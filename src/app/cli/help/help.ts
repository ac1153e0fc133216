import type { ActionCard } from '#app/registry/card.ts';
import { isColoured, printLines } from '#app/surface/streams.ts';
import { styleFor } from '#app/surface/style.ts';
import { nearest } from '#engines/core/nearest.ts';
import { globalsIn, parseArguments } from '../argv/parse.ts';
import type { Named } from '../argv/words.ts';
import { CARDS, PROGRAM } from '../cards.ts';
import { cliError } from '../errors.ts';
import { actionHelp } from './action.ts';
import { nounHelp, rootHelp } from './listing.ts';

/** Help for what was named; a word that names nothing is an error that suggests the nearest. */
export async function runHelp(named: Named): Promise<number> {
  const { card, words, strays, rest } = named;
  const [noun = ''] = words;
  const style = styleFor(isColoured(1, globalsIn(named, process.env)));
  if (card) printLines(actionHelp(card, style, beneath(card)));
  else if (strays.length > 0) throw unknown(words, strays);
  else if (noun === '') printLines(rootHelp(CARDS, style));
  else {
    // A noun has no options of its own: what is none of everywhere is a mistake.
    parseArguments({ ...PROGRAM, id: noun, input: { type: 'object', properties: {} } }, rest, process.env);
    printLines(nounHelp(noun, CARDS, style));
  }
  return 0;
}

/** What the word of an action begins besides: `undo list`. */
function beneath({ id }: ActionCard): ActionCard[] {
  return CARDS.filter((other) => other.id.startsWith(`${id}.`));
}

function unknown(words: string[], strays: string[]) {
  const meant = meantBy([...words, ...strays]);
  const shown = [...words, strays[0]].join(' ');
  return cliError(
    'command-unknown',
    `There is no command "${shown}"${meant ? `; did you mean "${meant}"?` : '.'}`,
    { next: [meant ? `gantry ${meant} --help` : 'gantry --help'] },
  );
}

/** The nearest command of as many words as possible: what stands behind it may be arguments. */
function meantBy(typed: readonly string[]): string | undefined {
  const lengths = [3, 2, 1].filter((length) => length <= typed.length);
  const found = lengths.flatMap(
    (length) => nearest(typed.slice(0, length).join(' '), commandsOf(length)) ?? [],
  );
  return found[0];
}

/** Commands, or beginnings of commands, of so many words. */
function commandsOf(length: number): string[] {
  const words = CARDS.map(({ id }) => id.split('.')).filter((parts) => parts.length >= length);
  return [...new Set(words.map((parts) => parts.slice(0, length).join(' ')))];
}
