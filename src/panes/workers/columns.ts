import type { WorkerRow } from '#engines/worker/row.ts';
import type { Column } from '../kit/column.ts';
import { type Line, span } from '../kit/line.ts';
import { plain } from '../kit/plain.ts';
import { portColumn, signColumn, stateColumn, usageColumns } from '../kit/process-columns.ts';
import { sinceLine } from '../kit/processes.ts';

export const columns: readonly Column<WorkerRow>[] = [
  signColumn,
  {
    id: 'worker',
    head: 'WORKER',
    min: 12,
    max: 24,
    priority: 0,
    cell: ({ id }) => [span(plain(id), 'strong')],
  },
  { id: 'model', head: 'MODEL', min: 8, max: 24, priority: 2, cell: model },
  {
    id: 'backend',
    head: 'BACKEND',
    min: 7,
    max: 14,
    priority: 6,
    cell: ({ backend }) => [span(plain(backend), 'quiet')],
  },
  stateColumn,
  portColumn(4),
  ...usageColumns,
  {
    id: 'since',
    head: 'AGE',
    min: 4,
    max: 4,
    align: 'right',
    priority: 7,
    cell: ({ startedAt }, look) => sinceLine(startedAt, look),
  },
];

function model({ model: name }: WorkerRow): Line {
  return name === null ? [] : [span(plain(name.split('/').at(-1) ?? name), 'name')];
}
