import type { DescribedCall, DescribedPlan, DescribedStep } from '#engines/core/report.ts';
import { shellText } from '#engines/core/shell.ts';
import { visible } from '#engines/core/visible.ts';
import type { Style } from './style.ts';

/** A plan as a tree: target, steps, and the commands that each step runs. */
export function planLines(plan: DescribedPlan, style: Style): string[] {
  const targets = Object.entries(Object.groupBy(plan.described, (step) => visible(step.target.name)));
  const lines = [
    ...targets.flatMap(([name, steps = []]) => [
      style('strong', name),
      ...steps.flatMap((step) => stepLines(step, style)),
    ]),
    ...plan.refused.flatMap(({ target, failure }) => [
      style('strong', visible(target.name)),
      `  ${style('bad', 'refused')} ${visible(failure.message)}`,
    ]),
    ...plan.settled.map(({ target, reason }) =>
      style('quiet', `${visible(target.name)}: ${visible(reason)}`),
    ),
  ];
  return lines.length > 0 ? [...lines, ''] : ['nothing to do', ''];
}

function stepLines({ calls }: DescribedStep, style: Style): string[] {
  const changing = calls.filter((call) => call.when === undefined || call.commands.length > 0);
  const resting = calls.filter((call) => !changing.includes(call));
  return [
    ...changing.flatMap((call) => [
      `  ${condition(call, style)}${visible(call.summary)}${mark(call, style)}`,
      ...call.commands.map((argv) => style('quiet', `    $ ${commandLine(argv)}`)),
    ]),
    ...(resting.length > 0
      ? [style('quiet', `  left alone if ${resting.map(({ when }) => when).join(', ')}`)]
      : []),
  ];
}

function condition({ when }: DescribedCall, style: Style): string {
  return when === undefined ? '' : `${style('quiet', `if ${when}:`)} `;
}

function mark({ effect, irreversible }: DescribedCall, style: Style): string {
  if (irreversible) return ` ${style('bad', `(${effect}, can't be undone)`)}`;
  return effect === 'destructive' || effect === 'outward' ? ` ${style('warning', `(${effect})`)}` : '';
}

/** The command as a shell would take it, made safe to print. */
export function commandLine(argv: readonly string[]): string {
  return visible(shellText(argv));
}
