import type { ServiceRow } from '#engines/service/row.ts';
import type { Column } from '../kit/column.ts';
import { type Line, span } from '../kit/line.ts';
import { plain } from '../kit/plain.ts';
import { portColumn, signColumn, stateColumn, usageColumns } from '../kit/process-columns.ts';
import { sinceLine } from '../kit/processes.ts';

export const columns: readonly Column<ServiceRow>[] = [
  signColumn,
  {
    id: 'service',
    head: 'SERVICE',
    min: 8,
    max: 24,
    priority: 0,
    cell: ({ id }) => [span(plain(id), 'strong')],
  },
  { id: 'ready', head: 'READY', min: 5, max: 7, priority: 2, cell: ready },
  stateColumn,
  { id: 'version', head: 'VERSION', min: 7, max: 12, priority: 7, cell: ({ version }) => textLine(version) },
  portColumn(6),
  ...usageColumns,
  {
    id: 'since',
    head: 'AGE',
    min: 4,
    max: 4,
    align: 'right',
    priority: 4,
    cell: ({ since }, look) => sinceLine(since, look),
  },
];

function ready({ ready: count, replicas }: ServiceRow): Line {
  return [span(`${count}/${replicas}`, count < replicas ? 'warning' : 'quiet')];
}

function textLine(text: string | null): Line {
  return text === null ? [] : [span(plain(text), 'quiet')];
}
