import type { Column } from './column.ts';
import {
  cpuLine,
  memoryLine,
  numberLine,
  restartsLine,
  type State,
  stateLine,
  stateSign,
} from './processes.ts';
import { cpuTrace, memoryTrace, TRACE } from './sparkline.ts';

export const signColumn: Column<{ state: State }> = {
  id: 'sign',
  head: '',
  min: 1,
  max: 1,
  priority: 1,
  role: 'sign',
  cell: ({ state }, look) => stateSign(state, look),
};

export const stateColumn: Column<{ state: State; why: string | null }> = {
  id: 'state',
  head: 'STATE',
  min: 10,
  max: 40,
  grows: true,
  priority: 3,
  role: 'state',
  cell: ({ state, why }) => stateLine(state, why),
};

export function portColumn(priority: number): Column<{ port: number | null }> {
  return {
    id: 'port',
    head: 'PORT',
    min: 5,
    max: 5,
    align: 'right',
    priority,
    cell: ({ port }) => numberLine(port),
  };
}

/** How often it was started again, and what it uses, now and up to now. */
export const usageColumns: readonly Column<{
  restarts: number;
  cpu: number | null;
  memory: number | null;
}>[] = [
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
];
