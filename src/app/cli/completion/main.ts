import { ACTIONS } from '#app/registry/actions.ts';
import { printLines } from '#app/surface/streams.ts';
import { EXIT } from '#engines/core/errors.ts';
import { visible } from '#engines/core/visible.ts';
import { cliError } from '../errors.ts';
import { candidates } from './candidates.ts';
import { SCRIPTS } from './scripts.ts';

/** `gantry completion SHELL`: prints the script to evaluate. */
export function runCompletion([shell = '']: readonly string[]): number {
  const script = Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined;
  if (script === undefined) {
    throw cliError(
      'usage',
      `There are completions for ${Object.keys(SCRIPTS).join(', ')}, not for "${shell}".`,
      {
        next: ['gantry completion bash'],
      },
    );
  }
  printLines([script]);
  return EXIT.ok;
}

/** `gantry complete -- WORD...`: what may stand in place of the last word, one line each; never an error. */
export async function runComplete(argv: readonly string[]): Promise<number> {
  const { workspaceValues } = await import('./values.ts');
  const typed = argv[0] === '--' ? argv.slice(1) : argv;
  const found = await candidates(typed, ACTIONS, workspaceValues).catch(() => []);
  printLines(
    found
      .filter(({ word }) => word === visible(word))
      .map(({ word, description }) => `${word}\t${visible(description)}`),
  );
  return EXIT.ok;
}
