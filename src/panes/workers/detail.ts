import type { WorkerDetail } from '#engines/worker/inspect.ts';
import type { WorkerRow } from '#engines/worker/row.ts';
import { age } from '../kit/age.ts';
import { fact } from '../kit/facts.ts';
import { type Line, span } from '../kit/line.ts';
import type { Look } from '../kit/look.ts';
import { plain } from '../kit/plain.ts';
import { exitWords, logLines, stateLine } from '../kit/processes.ts';
import { wrapLine } from '../kit/wrap.ts';
import type { Section } from '../pane.ts';

/** Lines of the log that the detail has. */
const TAIL = 200;

export const sections: readonly Section<WorkerRow>[] = [
  {
    id: 'worker',
    title: 'Worker',
    lines: ({ row, width }) => factsOf(row).flatMap((line) => wrapLine(line, width)),
  },
  {
    id: 'log',
    title: 'Log',
    query: ({ id }) => ({ action: 'worker.inspect', input: { name: id, tail: TAIL } }),
    lines: ({ data }) => logLines((data as WorkerDetail).lines, { names: false }),
  },
  {
    id: 'runs',
    title: 'Runs',
    query: ({ id }) => ({ action: 'worker.inspect', input: { name: id, tail: 0 } }),
    lines: ({ data }, look) => (data as WorkerDetail).process.runs.map((run) => runLine(run, look)),
  },
];

function factsOf(row: WorkerRow): Line[] {
  const text = (value: string | number | null): Line => (value === null ? [] : [span(plain(String(value)))]);
  return [
    ...fact('state', stateLine(row.state, row.why)),
    ...fact('model', text(row.model)),
    ...fact('backend', text(row.backend)),
    ...fact('gpu', text(row.gpu)),
    ...fact('address', text(row.port === null ? null : `${row.bind ?? ''}:${row.port}`)),
    ...fact('asked', text(row.dialect)),
    ...fact('pid', text(row.pid)),
  ];
}

function runLine(
  { pid, startedAt, endedAt, exit }: WorkerDetail['process']['runs'][number],
  look: Look,
): Line {
  return [
    span(`${age(look.now - startedAt).padStart(4)}  `, 'quiet'),
    span(`pid ${pid ?? '?'}  `),
    span(endedAt === null ? 'runs' : exitWords(exit), endedAt === null ? 'good' : 'quiet'),
  ];
}
