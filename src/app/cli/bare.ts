import { envelope } from '#app/surface/envelope.ts';
import { printLines } from '#app/surface/streams.ts';
import { isTerminal } from '#app/surface/terminal.ts';
import { EXIT } from '#engines/core/errors.ts';
import { visibleJson } from '#engines/core/visible.ts';
import { VERSION } from '#engines/daemon/version.ts';
import { parseArguments } from './argv/parse.ts';
import { cliError } from './errors.ts';
import { camel, GLOBAL_OPTIONS, type Globals } from './globals.ts';
import { BARE } from './program.ts';

/** The options that say something of the screen; the others belong to a command. */
const FOR_SCREEN = new Set(['workspace', 'no-color', 'no-daemon', 'debug']);

/** A command line of options alone: the version, a snapshot of the panes, the screen, or help where it can't be. */
export async function runBare(rest: readonly string[]): Promise<number> {
  const { input, globals } = parseArguments(BARE, rest, process.env);
  if (input.version) return printVersion(globals);
  if (globals.headless) return (await import('./snapshot.ts')).runSnapshot(globals);
  if (isTerminal(0) && isTerminal(1)) return openScreen(rest, globals);
  if (rest.length === 0 && !globals.json) {
    return (await import('./help/help.ts')).runHelp({ words: [], strays: [], rest: [] });
  }
  throw cliError('usage', 'There is no command, and no terminal for the screen.', {
    next: ['gantry --help', 'gantry --headless'],
  });
}

/** Options of the environment are for the commands of a session, so only those that were given are looked at. */
async function openScreen(
  rest: readonly string[],
  { workspace, noDaemon, noColor }: Globals,
): Promise<number> {
  const given = parseArguments(BARE, rest, {}).globals;
  const stray = GLOBAL_OPTIONS.find(
    ({ name }) => !FOR_SCREEN.has(name) && given[camel(name) as keyof Globals],
  );
  if (stray) {
    throw cliError('usage', `--${stray.name} belongs to a command, and there is none.`, {
      next: ['gantry --help'],
    });
  }
  const { runScreen } = await import('#app/tui/main.tsx');
  // Ink's last timer would hold the process for a frame after the screen is gone.
  process.exit(await runScreen({ workspace, noDaemon, noColor }));
}

function printVersion({ json }: Globals): number {
  const outcome = { kind: 'data', data: { version: VERSION } } as const;
  printLines([json ? visibleJson(envelope('version', outcome, EXIT.ok)) : `gantry ${VERSION}`]);
  return EXIT.ok;
}
