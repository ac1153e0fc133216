import type { WorkerDetail } from '#engines/worker/inspect.ts';
import type { WorkerRow } from '#engines/worker/row.ts';
import { environmentLines, SET_QUERIES, type Secrets, type Variables } from '../kit/environment.ts';
import { fact } from '../kit/facts.ts';
import { healthLines } from '../kit/health.ts';
import { type Line, span } from '../kit/line.ts';
import { plain } from '../kit/plain.ts';
import { stateLine } from '../kit/processes.ts';
import { runLine } from '../kit/runs.ts';
import { wrapLine } from '../kit/wrap.ts';
import type { Call, Section } from '../pane.ts';

export const sections: readonly Section<WorkerRow>[] = [
  {
    id: 'worker',
    title: 'Worker',
    lines: ({ row, width }) => factsOf(row).flatMap((line) => wrapLine(line, width)),
  },
  { id: 'log', title: 'Log', processes: ({ id, pool }) => (pool === undefined ? [id] : []) },
  {
    id: 'health',
    title: 'Health',
    query: inspected,
    lines: ({ data, width }, look) => healthLines([(data as WorkerDetail).process], width, look),
  },
  {
    id: 'environment',
    title: 'Environment',
    query: (row) => [inspected(row), ...SET_QUERIES],
    lines: ({ data }) => {
      const [{ process }, { variables }, { secrets }] = data as [WorkerDetail, Variables, Secrets];
      return environmentLines({ ...process.spec, variables, secrets });
    },
  },
  {
    id: 'runs',
    title: 'Runs',
    query: inspected,
    lines: ({ data }, look) => (data as WorkerDetail).process.runs.map((run) => runLine(run, look)),
  },
];

function inspected({ id }: WorkerRow): Call {
  return { action: 'worker.inspect', input: { name: id, tail: 0 } };
}

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
    ...fact('kept by', text(row.pool ?? null)),
  ];
}
