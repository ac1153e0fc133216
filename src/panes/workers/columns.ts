import type { WorkerRow } from '#engines/worker/row.ts';
import type { Column } from '../kit/column.ts';
import { type Line, span } from '../kit/line.ts';
import { plain } from '../kit/plain.ts';
import {
  cpuLine,
  memoryLine,
  numberLine,
  restartsLine,
  sinceLine,
  stateLine,
  stateSign,
} from '../kit/processes.ts';
import { cpuTrace, memoryTrace, TRACE } from '../kit/sparkline.ts';

export const columns: readonly Column<WorkerRow>[] = [
  {
    id: 'sign',
    head: '',
    min: 1,
    max: 1,
    priority: 1,
    role: 'sign',
    cell: ({ state }, look) => stateSign(state, look),
  },
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
  {
    id: 'state',
    head: 'STATE',
    min: 10,
    max: 40,
    grows: true,
    priority: 3,
    role: 'state',
    cell: ({ state, why }) => stateLine(state, why),
  },
  {
    id: 'port',
    head: 'PORT',
    min: 5,
    max: 5,
    align: 'right',
    priority: 4,
    cell: ({ port }) => numberLine(port),
  },
  {
    id: 'restarts',
    head: 'RESTARTS',
    min: 8,
    max: 8,
    align: 'right',
    priority: 8,
    cell: ({ restarts }) => restartsLine(restarts),
  },
  { id: 'cpu', head: 'CPU', min: 4, max: 5, align: 'right', priority: 5, cell: ({ cpu }) => cpuLine(cpu) },
  {
    id: 'cpu-trace',
    head: '',
    min: TRACE,
    max: TRACE,
    priority: 9,
    cell: (_, look, trace) => cpuTrace(trace, look),
  },
  {
    id: 'memory',
    head: 'MEM',
    min: 5,
    max: 7,
    align: 'right',
    priority: 5,
    cell: ({ memory }) => memoryLine(memory),
  },
  {
    id: 'memory-trace',
    head: '',
    min: TRACE,
    max: TRACE,
    priority: 10,
    cell: (_, look, trace) => memoryTrace(trace, look),
  },
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
