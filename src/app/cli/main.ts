import { ACTIONS } from '#app/registry/actions.ts';
import { isTerminal } from '#app/surface/terminal.ts';
import { failureOf } from '#engines/core/errors.ts';
import { parseArguments, parseGlobals } from './argv/parse.ts';
import { type Named, nameAction } from './argv/words.ts';
import { globalsFrom } from './globals.ts';

/** Words of the shell alone: they stand for no action. */
const SHELL_WORDS: Record<string, (rest: string[]) => Promise<number>> = {
  completion: async (rest) => (await import('./completion/main.ts')).runCompletion(rest),
  complete: async (rest) => (await import('./completion/main.ts')).runComplete(rest),
};

/** Runs one command line and resolves with its exit code. */
export async function runCli(argv: string[]): Promise<number> {
  const [first = '', ...others] = argv;
  const named = nameAction(argv, ACTIONS);
  try {
    if (Object.hasOwn(SHELL_WORDS, first)) return (await SHELL_WORDS[first]?.(others)) ?? 0;
    if (isScreen(named)) {
      const { workspace, noDaemon } = parseGlobals(named.rest, process.env);
      const { runScreen } = await import('#app/tui/main.tsx');
      // Ink's last timer would hold the process for a frame after the screen is gone.
      process.exit(await runScreen({ workspace, noDaemon }));
    }
    if (isSnapshot(named)) {
      const { runSnapshot } = await import('./snapshot.ts');
      return await runSnapshot(parseGlobals(named.rest, process.env));
    }
    if (!named.card || wantsHelp(named.rest)) return await (await import('./help/help.ts')).runHelp(named);
    const parsed = parseArguments(named.card, named.rest, process.env);
    return await (await import('./run.ts')).runAction(named.card, parsed);
  } catch (thrown) {
    const { printFailure } = await import('./run.ts');
    const globals = globalsFrom(
      { json: argv.includes('--json'), debug: argv.includes('--debug') },
      process.env,
    );
    return printFailure(named.card?.id ?? named.words.join('.'), failureOf(thrown), globals, thrown);
  }
}

/** `--headless` and no command: what the panes of the screen show. */
function isSnapshot({ words, strays, rest }: Named): boolean {
  return words.length === 0 && strays.length === 0 && rest.includes('--headless') && !wantsHelp(rest);
}

/** Options for the screen and no command, at a terminal. */
function isScreen({ words, strays, rest }: Named): boolean {
  const asksForText = rest.includes('--headless') || rest.includes('--json') || wantsHelp(rest);
  return (
    words.length + strays.length === 0 && rest.length > 0 && !asksForText && isTerminal(0) && isTerminal(1)
  );
}

function wantsHelp(rest: readonly string[]): boolean {
  const end = rest.indexOf('--');
  return rest.slice(0, end === -1 ? undefined : end).some((word) => word === '--help' || word === '-h');
}
