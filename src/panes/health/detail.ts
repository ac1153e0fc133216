import type { JoinedHealth } from '#engines/process/joined/row.ts';
import type { ProcessDetail } from '#engines/process/types.ts';
import { fact } from '../kit/facts.ts';
import { healthLines } from '../kit/health.ts';
import { type Line, span } from '../kit/line.ts';
import { plain } from '../kit/plain.ts';
import { stateLine } from '../kit/processes.ts';
import { wrapLine } from '../kit/wrap.ts';
import type { Section } from '../pane.ts';
import { standingLine } from './standing.ts';

export const sections: readonly Section<JoinedHealth>[] = [
  {
    id: 'why',
    title: 'Why',
    lines: ({ row, width }) => factsOf(row).flatMap((line) => wrapLine(line, width)),
  },
  { id: 'log', title: 'Log', processes: ({ id }) => [id] },
  {
    id: 'probe',
    title: 'Probe',
    query: ({ id }) => ({ action: 'process.inspect', input: { name: id } }),
    lines: ({ data, width }, look) => healthLines([data as ProcessDetail], width, look),
  },
];

function factsOf(row: JoinedHealth): Line[] {
  const text = (value: string | number | null): Line => (value === null ? [] : [span(plain(String(value)))]);
  return [
    ...fact('health', standingLine(row.standing)),
    ...fact('why', text(row.why)),
    ...fact('next', row.next === null ? [] : [span(plain(row.next), 'key')]),
    ...fact('state', stateLine(row.phase, null)),
    ...fact(row.kind, text(row.owner)),
    ...fact('model', text(row.model)),
    ...fact('pid', text(row.pid)),
    ...fact('port', text(row.port)),
    ...fact('listens', text(row.listener)),
    ...fact('probe', text(row.probe)),
    ...fact('answer', text(row.said)),
    ...fact('restarts', row.restarts === 0 ? [] : text(row.restarts)),
  ];
}
