import type { Effect } from '#engines/core/plan.ts';
import type { DescribedCall, DescribedPlan, DescribedStep } from '#engines/core/report.ts';
import { shellText } from '#engines/core/shell.ts';
import { type Line, span, type Tone } from '#panes/kit/line.ts';
import type { Look } from '#panes/kit/look.ts';
import { plain } from '#panes/kit/plain.ts';

const EFFECTS: Record<Effect, { word: string; tone: Tone }> = {
  read: { word: 'reads', tone: 'quiet' },
  write: { word: 'writes', tone: 'name' },
  destructive: { word: 'destroys', tone: 'bad' },
  outward: { word: 'leaves this machine', tone: 'warning' },
};

/** A plan as a tree: a target, its steps, and under each what it runs; then what was left out, and why. */
export function planLines(plan: DescribedPlan, look: Look): Line[] {
  const lines: Line[] = [];
  for (const [name, steps] of byTarget(plan.described)) {
    lines.push(
      [span(plain(name), 'strong')],
      ...steps.flatMap(({ calls }) => calls.flatMap((call) => callLines(call, look))),
    );
  }
  for (const { target, failure } of plan.refused) {
    lines.push([
      span(plain(target.name), 'strong'),
      span('  refused: ', 'warning'),
      span(plain(failure.message), 'quiet'),
    ]);
    const [next] = failure.next ?? [];
    if (next !== undefined) lines.push([span(`      ${plain(next)}`, 'key')]);
  }
  for (const { target, reason } of plan.settled) {
    lines.push([span(plain(target.name), 'strong'), span(`  nothing to do: ${plain(reason)}`, 'quiet')]);
  }
  return lines;
}

/** True where something is destroyed, or leaves this machine, that nothing brings back. */
export function isIrreversible({ described }: DescribedPlan): boolean {
  const isFinal = ({ effect, irreversible }: DescribedCall) =>
    irreversible === true && (effect === 'destructive' || effect === 'outward');
  return described.some(({ calls }) => calls.some(isFinal));
}

function callLines({ when, summary, effect, irreversible, commands }: DescribedCall, look: Look): Line[] {
  const { word, tone } = EFFECTS[effect];
  return [
    [
      span(`  ${look.sign('bullet')} `, 'quiet'),
      span(when === undefined ? '' : `if ${plain(when)}: `, 'quiet'),
      span(plain(summary)),
      span(`  ${word}${irreversible ? ', can not be undone' : ''}`, irreversible ? 'bad' : tone),
    ],
    ...commands.map((argv): Line => [span(`      ${plain(shellText(argv))}`, 'quiet')]),
  ];
}

function byTarget(steps: readonly DescribedStep[]): Map<string, DescribedStep[]> {
  const grouped = new Map<string, DescribedStep[]>();
  for (const step of steps) grouped.set(step.target.name, [...(grouped.get(step.target.name) ?? []), step]);
  return grouped;
}
