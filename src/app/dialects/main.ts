import { optionsIn, readArguments } from '#app/cli/argv/parse.ts';
import { type Named, nameAction, wantsHelp } from '#app/cli/argv/words.ts';
import { helpLines } from '#app/cli/help/help.ts';
import type { Program } from '#app/cli/program.ts';
import { isColoured, printLines, tellLines } from '#app/surface/streams.ts';
import { styleFor } from '#app/surface/style.ts';
import { isTerminal } from '#app/surface/terminal.ts';
import { EXIT, type Failure, failureOf, type GantryError } from '#engines/core/errors.ts';
import { VERSION } from '#engines/daemon/version.ts';
import { type Command, type Dialect, isServing, type Manner } from './dialect.ts';
import { dialectError } from './errors.ts';
import { inWords, tellFailure } from './output.ts';
import { programOf } from './program.ts';
import { runActing } from './run.ts';

/** Every name but its own that this program is installed as. */
export const DIALECTS: Readonly<Record<string, () => Promise<Dialect>>> = {
  josctl: async () => (await import('./josctl/dialect.ts')).JOSCTL,
  smctl: async () => (await import('./smctl/dialect.ts')).SMCTL,
  'llorch-pool': llorchPool,
  'pool-ctl': llorchPool,
  llorch: llorchPool,
};

async function llorchPool(): Promise<Dialect> {
  return (await import('./llorch-pool/dialect.ts')).LLORCH_POOL;
}

interface Line {
  dialect: Dialect;
  program: Program;
  named: Named;
  /** What is named, where it is a command. */
  command?: Command;
  manner: Manner;
}

/** Runs one command line of the program that was called by that name; resolves with its exit code. */
export async function runDialect(name: string, argv: readonly string[]): Promise<number> {
  const dialect = await (DIALECTS[name] as () => Promise<Dialect>)();
  const program = programOf(dialect);
  const valued = [...program.options, ...(dialect.early ?? [])];
  const named = nameAction(wordsOf(argv, dialect), program.cards, valued);
  const command = dialect.commands.find(({ id }) => id === named.card?.id);
  const options = optionsIn(named, program);
  let manner = dialect.manner(options, process.env);
  if (command?.inPipes === 'json' && !isTerminal(1)) manner = { ...manner, json: true };
  try {
    manner = (await dialect.configure?.(manner, options, process.env)) ?? manner;
    return await run({ dialect, program, named, command, manner });
  } catch (thrown) {
    const failure = failureOf(thrown);
    tellFailure(dialect, failure, manner, command);
    const told = inWords(dialect, failure, command);
    dialect.log?.({ command: named.card?.id ?? '', given: {}, failure: told }, manner);
    if (manner.debug && thrown instanceof Error) tellLines([thrown.stack ?? '']);
    return dialect.exits[isOfLine(failure) ? 'command-line' : failure.exit];
  }
}

function wordsOf(argv: readonly string[], { filler }: Dialect): readonly string[] {
  const [first, ...others] = argv;
  if (first === 'help') return ['--help', ...others];
  return first === filler ? others : argv;
}

async function run(line: Line): Promise<number> {
  const { dialect, program, named, command, manner } = line;
  const { card, strays, rest } = named;
  if (!card && dialect.later.includes(strays[0] ?? '')) throw later(line);
  if (!card && strays.length === 0 && !wantsHelp(rest)) return runUnnamed(line);
  if (!card || wantsHelp(rest)) {
    printLines(helpLines(named, program, styleFor(isColoured(1, manner))));
    return EXIT.ok;
  }
  const { input: given } = readArguments(card, rest, program);
  if (!command) throw new Error(`${program.name} has no ${card.id}.`);
  return isServing(command)
    ? command.serve(given, { dialect, manner })
    : runActing({ dialect, command, given, manner });
}

/** A command line that names no command: the version, or the commands that there are. */
function runUnnamed({ dialect, program, named, manner }: Line): number {
  const isBare = named.words.length === 0;
  const { input } = isBare ? readArguments(program.bare, named.rest, program) : { input: {} };
  if (isBare && (input as { version?: boolean }).version) {
    printLines([`${program.name} ${VERSION}`]);
    return EXIT.ok;
  }
  tellLines(helpLines(named, program, styleFor(isColoured(2, manner))));
  return dialect.exits['command-line'];
}

function later({ program: { name }, named: { strays } }: Line): GantryError {
  return dialectError('command-later', `${name} ${strays[0]} comes with a later part of Gantry.`, {
    next: [`${name} --help`],
  });
}

/** Whether the words or options were wrong, as against what they asked for. */
function isOfLine({ code }: Failure): boolean {
  return ['usage', 'command-unknown', 'options-misfit', 'config-invalid'].includes(code);
}
