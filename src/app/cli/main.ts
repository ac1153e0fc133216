import { failureOf } from '#engines/core/errors.ts';
import { globalsIn, type Parsed, parseArguments } from './argv/parse.ts';
import { type Named, nameAction, wantsHelp } from './argv/words.ts';
import { cardNamed, NAMES } from './cards.ts';

/** What the words of the shell alone run. */
const SHELL_WORDS: Record<string, (parsed: Parsed) => Promise<number>> = {
  completion: async (parsed) => (await import('./completion/main.ts')).runCompletion(parsed),
  help: ({ input }) => run(nameCard(['--help', ...((input.words as string[]) ?? [])])),
  'config.edit': async (parsed) => (await import('./edit.ts')).runEdit(parsed),
  'daemon.run': async () => (await import('#app/daemon/main.ts')).runDaemon([]),
};

/** Runs one command line and resolves with its exit code. */
export async function runCli(argv: string[]): Promise<number> {
  const [first, ...others] = argv;
  // What a shell asks with each TAB; whatever stands behind it is what was typed there.
  if (first === 'complete') return (await import('./completion/main.ts')).runComplete(others);
  const named = nameCard(argv);
  try {
    return await run(named);
  } catch (thrown) {
    const { printFailure } = await import('./run.ts');
    const action = named.card?.id ?? named.words.join('.');
    return printFailure(action, failureOf(thrown), globalsIn(named, process.env), thrown);
  }
}

function nameCard(argv: readonly string[]): Named {
  const { card, ...named } = nameAction(argv, NAMES);
  return { ...named, card: card && cardNamed(card.id) };
}

async function run(named: Named): Promise<number> {
  const { card, words, strays, rest } = named;
  // It has its own options, and a help of its own.
  if (card?.id === 'mcp') return (await import('#app/mcp/main.ts')).runMcp([...rest]);
  if (!wantsHelp(rest) && words.length + strays.length === 0) {
    return (await import('./bare.ts')).runBare(rest);
  }
  if (!card || wantsHelp(rest)) return (await import('./help/help.ts')).runHelp(named);
  const parsed = parseArguments(card, rest, process.env);
  const runWord = SHELL_WORDS[card.id];
  return runWord ? runWord(parsed) : (await import('./run.ts')).runAction(card, parsed);
}
