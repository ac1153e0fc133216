import type { Activity, JournalStep } from '#engines/activity/types.ts';
import type { Failure } from '#engines/core/errors.ts';
import { callsOf, type Plan } from '#engines/core/plan.ts';
import { visible, visibleJson } from '#engines/core/visible.ts';
import { failureLines } from '../failure.ts';
import { commandLine } from '../plan.ts';
import { MEANINGS } from '../receipt.ts';
import type { Style } from '../style.ts';
import { age, duration } from './values.ts';

interface Shown {
  activity: Activity | null;
  steps: JournalStep[];
  plan: Plan | null;
}

/** An activity with its steps and their commands; of a plan that nobody applied, its steps. */
export function activityLines({ activity, steps, plan }: Shown, style: Style): string[] {
  if (!activity) return plan ? planOnly(plan, style) : [];
  const { id, action, status, who, startedAt, duration: took, failure, undoneBy, undoes } = activity;
  const when = `${age(Date.now() - startedAt)}${took === null ? '' : `, took ${duration(took)}`}`;
  return [
    `${style('strong', `${id} ${action}`)} ${style(MEANINGS[status], status)}`,
    style('quiet', `${visible(who)}, ${when}${activity.plan ? `, plan ${activity.plan.slice(0, 12)}` : ''}`),
    ...(undoes ? [style('quiet', `took back ${undoes}`)] : []),
    ...(undoneBy ? [style('quiet', `taken back by ${undoneBy}`)] : []),
    ...steps.flatMap((step) => stepLines(step, style)),
    ...(failure ? ['', ...failureLines(failure as Failure, style)] : []),
  ];
}

function stepLines({ target, status, summary, commands }: JournalStep, style: Style): string[] {
  const meaning = MEANINGS[status as keyof typeof MEANINGS] ?? 'quiet';
  return [
    `  ${visible(target.name)} ${style(meaning, status)} ${visible(summary)}`.trimEnd(),
    ...commands.map((argv) => style('quiet', `    $ ${commandLine(argv)}`)),
  ];
}

function planOnly(plan: Plan, style: Style): string[] {
  return [
    `${style('strong', plan.action)} ${style('quiet', `plan ${plan.hash}, not applied`)}`,
    ...plan.steps.flatMap((step) =>
      callsOf(step).map(
        (call) => `  ${visible(step.target.name)} ${call.op} ${style('quiet', visibleJson(call.args))}`,
      ),
    ),
  ];
}
