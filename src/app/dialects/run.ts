import { here } from '#app/cli/here.ts';
import { planLines } from '#app/surface/plan.ts';
import { isColoured, tellLines } from '#app/surface/streams.ts';
import { styleFor } from '#app/surface/style.ts';
import { isTerminal } from '#app/surface/terminal.ts';
import type { GantryError } from '#engines/core/errors.ts';
import type { Caller } from '#engines/core/host.ts';
import type { DescribedPlan } from '#engines/core/report.ts';
import { confirmed } from './confirm.ts';
import type { Acting, Dialect, Given, Made, Manner, Place } from './dialect.ts';
import { dialectError } from './errors.ts';
import { completed, makeCalls } from './make.ts';
import { endedOf, printPretence, printTold } from './output.ts';
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
    const { caller, place } = (await (command.placed ?? dialect.placed)?.({ host, caller: shell })) ?? {
      caller: shell,
      place: placeOf(shell, manner),
    };
    const full = await completed(command, given, place, { host, caller });
    const question = command.question?.(full, place);
    if (question !== undefined && !confirmed(question)) {
      throw dialectError('not-confirmed', 'It was not confirmed.', {
        next: ['the same command with --force'],
      });
    }
    const { dryRun } = manner;
    if (dryRun && command.pretends) {
      reporter.close();
      printPretence(await command.pretends(full, place), manner);
      return dialect.exits['dry-run'];
    }
    const approval = command.asks?.(full) ? {} : YES;
    const made = await makeCalls(command.calls(full, place), { host, caller, dryRun, ...approval });
    reporter.close();
    const last = made.at(-1)?.outcome;
    if (last?.kind === 'approval') throw unconfirmed(last.plan, manner);
    const told = { given: full, place, made };
    printTold(dialect, command, told, manner);
    dialect.log?.(endedOf(dialect, command, told), manner);
    return exitOf(dialect, made);
  });
}

/** Shows what has to be confirmed. */
function unconfirmed(plan: DescribedPlan, manner: Manner): GantryError {
  tellLines(planLines(plan, styleFor(isColoured(2, manner))).slice(0, -1));
  return dialectError('not-confirmed', 'Some of it has to be confirmed.', {
    next: ['the same command with --yes'],
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
