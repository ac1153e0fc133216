import { failureLines } from '#app/surface/failure.ts';
import { planLines } from '#app/surface/plan.ts';
import { isColoured, printLines, tellLines } from '#app/surface/streams.ts';
import { styleFor } from '#app/surface/style.ts';
import type { Failure } from '#engines/core/errors.ts';
import type { DescribedPlan } from '#engines/core/report.ts';
import { visible, visibleJson } from '#engines/core/visible.ts';
import type { Acting, Command, Dialect, Ended, Manner, Told } from './dialect.ts';
import { failureIn } from './told.ts';

const INDENT = 2;

/** Prints what came of a command: data on the standard output, what went wrong on the standard error. */
export function printTold(dialect: Dialect, command: Acting, told: Told, manner: Manner): void {
  const outcome = told.made.at(-1)?.outcome;
  const failure = failureIn(told.made);
  if (outcome?.kind === 'plan' && !failure) {
    printPlan(outcome.plan, command, told, manner);
    return;
  }
  const hasData = outcome?.kind === 'data' || outcome?.kind === 'receipt';
  const json = hasData && manner.json ? command.json(told) : undefined;
  if (json !== undefined) printJson(json);
  if (hasData && !manner.json) printLines(command.lines(told).map(visible));
  // A program has its one document by then.
  if (failure) tellFailure(dialect, failure, { ...manner, json: manner.json && json === undefined }, command);
}

/** What a dry run says that asked nobody. */
export function printPretence(message: string, { json }: Manner): void {
  if (json) printJson({ dry_run: true, message });
  else printLines([visible(message)]);
}

/** The line that the dialect has for it, and beside it the plan itself. */
function printPlan(plan: DescribedPlan, command: Acting, told: Told, manner: Manner): void {
  const messages = [command.would?.(told.given, told.place, reposIn(plan)) ?? command.summary].flat();
  if (manner.json) {
    const steps = plan.described.flatMap(({ target, calls }) =>
      calls.map(({ summary, commands }) => ({ repo_name: target.name, summary, commands })),
    );
    printJson({ dry_run: true, message: messages.join('\n'), steps });
    return;
  }
  printLines(messages.map(visible));
  if (!manner.quiet) tellLines(planLines(plan, styleFor(isColoured(2, manner))).slice(0, -1));
}

/** The repos that a plan is about, changed or not. */
function reposIn({ steps, settled }: DescribedPlan): string[] {
  const repos = [...steps, ...settled].flatMap(({ target }) => (target.kind === 'repo' ? [target.name] : []));
  return [...new Set(repos)];
}

/** What went wrong, where no data can say it. */
export function tellFailure(dialect: Dialect, failure: Failure, manner: Manner, command?: Command): void {
  const own = inWords(dialect, failure, command);
  if (manner.json) printJson({ error: own.code, message: own.message, next: own.next ?? [] });
  else if (command?.tells) tellLines([...command.tells(own)]);
  else tellLines(failureLines(own, styleFor(isColoured(2, manner))));
}

/** How a command ended, for the log. */
export function endedOf(dialect: Dialect, command: Acting, { given, made }: Told): Ended {
  const failure = failureIn(made);
  const kind = made.at(-1)?.outcome.kind;
  return {
    command: command.id,
    given,
    ...(kind === 'plan' || kind === 'approval' ? { planned: true } : {}),
    ...(failure && { failure: inWords(dialect, failure, command) }),
  };
}

/** A failure in the words of the dialect, or of one of its commands, where they have some. */
export function inWords({ failures }: Dialect, failure: Failure, command?: Command): Failure {
  return { ...failure, ...failures?.[failure.code]?.(failure), ...command?.failure?.(failure) };
}

function printJson(value: unknown): void {
  printLines([visibleJson(value, INDENT)]);
}
