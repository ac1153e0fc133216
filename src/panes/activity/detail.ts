import type { Activity, JournalStep } from '#engines/activity/types.ts';
import { took } from '../kit/age.ts';
import { type Line, span, type Tone } from '../kit/line.ts';
import type { Look, Sign } from '../kit/look.ts';
import { plain } from '../kit/plain.ts';
import { wrapLine } from '../kit/wrap.ts';
import type { Section } from '../pane.ts';
import { STATUS_TONES } from './columns.ts';

const STEPS: Record<string, { sign: Sign; tone: Tone }> = {
  done: { sign: 'clean', tone: 'good' },
  skipped: { sign: 'reading', tone: 'quiet' },
  refused: { sign: 'conflict', tone: 'warning' },
  failed: { sign: 'failed', tone: 'bad' },
  cancelled: { sign: 'missing', tone: 'quiet' },
  unknown: { sign: 'conflict', tone: 'warning' },
  replan: { sign: 'conflict', tone: 'warning' },
};

interface Shown {
  steps?: JournalStep[];
}

export const sections: readonly Section<Activity>[] = [
  {
    id: 'steps',
    title: 'Steps',
    query: ({ id }) => ({ action: 'activity.show', input: { id } }),
    lines: ({ row, data, width }, look) => [
      ...headOf(row, look).flatMap((line) => wrapLine(line, width)),
      ...stepLines((data as Shown).steps ?? [], look),
    ],
  },
  {
    id: 'input',
    title: 'Input',
    lines: ({ row }) =>
      JSON.stringify(row.input, null, 2)
        .split('\n')
        .map((text) => [span(plain(text))]),
  },
];

function headOf(row: Activity, look: Look): Line[] {
  const fact = (label: string, text: string, tone?: Tone): Line => [
    span(label.padEnd(10), 'quiet'),
    span(plain(text), tone),
  ];
  return [
    fact('action', row.action, 'strong'),
    fact('status', row.status, STATUS_TONES[row.status]),
    fact('by', `${row.who} on ${row.actor.host}, pid ${row.actor.pid}`),
    fact('started', new Date(row.startedAt).toISOString().replace('T', ' ').slice(0, 19)),
    ...(row.duration === null ? [] : [fact('took', took(row.duration))]),
    ...(row.undoneBy === null ? [] : [fact('undone by', row.undoneBy)]),
    ...failureLines(row, look),
    [],
  ];
}

function failureLines({ failure }: Activity, look: Look): Line[] {
  if (!failure) return [];
  return [
    [],
    [span(plain(failure.message), 'bad')],
    ...(failure.meaning ? [[span(plain(failure.meaning), 'quiet')]] : []),
    ...(failure.next ?? []).map(
      (command): Line => [span(`${look.sign('into')} `, 'quiet'), span(plain(command), 'key')],
    ),
  ];
}

function stepLines(steps: readonly JournalStep[], look: Look): Line[] {
  let target = '';
  return steps.flatMap((step) => {
    const lines: Line[] = [];
    if (step.target.name !== target) lines.push([span(plain(step.target.name), 'strong')]);
    target = step.target.name;
    const { sign, tone } = STEPS[step.status] ?? { sign: 'running', tone: 'name' };
    lines.push([
      span(`  ${look.sign(sign)} `, tone),
      span(plain(step.summary || step.status)),
      span(`  ${step.op ?? ''}`, 'quiet'),
    ]);
    for (const argv of step.commands) lines.push([span(`    ${plain(argv.join(' '))}`, 'quiet')]);
    if (step.failure) lines.push([span(`    ${plain(step.failure.message)}`, 'bad')]);
    return lines;
  });
}
