import { printLines } from '#app/surface/streams.ts';
import { EXIT } from '#engines/core/errors.ts';
import { visible } from '#engines/core/visible.ts';
import { globalsIn, type Parsed } from '../argv/parse.ts';
import { nameAction } from '../argv/words.ts';
import { allCards } from '../cards.ts';
import { candidates } from './candidates.ts';
import { SCRIPTS, type Shell } from './scripts.ts';

/** `gantry completion SHELL`: prints the script to evaluate. */
export function runCompletion({ input }: Parsed): number {
  printLines([SCRIPTS[input.shell as Shell]]);
  return EXIT.ok;
}

/** `gantry complete -- WORD...`: what may stand in place of the last word, one line each; never an error. */
export async function runComplete(argv: readonly string[]): Promise<number> {
  const { workspaceValues } = await import('./values.ts');
  const typed = argv[0] === '--' ? argv.slice(1) : argv;
  const cards = allCards();
  const globals = globalsIn(nameAction(typed.slice(0, -1), cards), process.env);
  const found = await candidates(typed, cards, workspaceValues(globals)).catch(() => []);
  printLines(
    found
      .filter(({ word }) => word === visible(word))
      .map(({ word, description }) => `${word}\t${visible(description)}`),
  );
  return EXIT.ok;
}
