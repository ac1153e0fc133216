import { here } from '#app/cli/here.ts';
import { isTerminal } from '#app/surface/terminal.ts';
import type { Caller } from '#engines/core/host.ts';
import { confirmed } from './confirm.ts';
import type { Acting, Dialect, Given, Made, Manner, Place } from './dialect.ts';
import { dialectError } from './errors.ts';
import { makeCalls } from './make.ts';
import { printTold } from './output.ts';
import { failureIn } from './told.ts';

interface Asked {
  dialect: Dialect;
  command: Acting;
  given: Given;
  manner: Manner;
}

/** Runs a command in this process and prints what comes of it; resolves with the exit code. */
export async function runActing({ dialect, command, given, manner }: Asked): Promise<number> {
  const calm = !manner.verbose && !isTerminal(2);
  return here({ ...manner, quiet: manner.quiet || calm }, async ({ host, caller: shell, reporter }) => {
    const { caller, place } = (await dialect.placed?.({ host, caller: shell })) ?? {
      caller: shell,
      place: placeOf(shell, manner),
    };
    const question = command.question?.(given, place);
    if (question !== undefined && !confirmed(question)) {
      throw dialectError('not-confirmed', 'It was not confirmed.', {
        next: ['the same command with --force'],
      });
    }
    const { dryRun } = manner;
    const made = await makeCalls(command.calls(given, place), { host, caller, dryRun, ...YES });
    reporter.close();
    const told = { given, place, made };
    printTold(dialect, command, told, manner);
    return exitOf(dialect, made);
  });
}

function placeOf({ cwd, workspace }: Caller, manner: Manner): Place {
  return { cwd, workspace, asked: manner.workspace === undefined ? undefined : workspace };
}

/** What is documented to run as it is typed is approved by being typed; what could lose something was refused before. */
const YES = { approval: { yes: true } } as const;

function exitOf({ exits }: Dialect, made: readonly Made[]): number {
  const last = made.at(-1)?.outcome;
  if (last?.kind === 'receipt' && last.receipt.status === 'cancelled') return exits.interrupted;
  const failure = failureIn(made);
  if (failure) return exits[failure.exit];
  if (last?.kind === 'plan') return exits['dry-run'];
  return exits[last?.kind === 'approval' ? 'approval' : 'ok'];
}
