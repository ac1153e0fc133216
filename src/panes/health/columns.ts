import type { JoinedHealth } from '#engines/process/joined/row.ts';
import type { Column } from '../kit/column.ts';
import { type Line, span, type Tone } from '../kit/line.ts';
import { plain } from '../kit/plain.ts';
import { portColumn } from '../kit/process-columns.ts';
import { standingLine, standingSign } from './standing.ts';

export const columns: readonly Column<JoinedHealth>[] = [
  {
    id: 'sign',
    head: '',
    min: 1,
    max: 1,
    priority: 1,
    cell: ({ standing }, look) => standingSign(standing, look),
  },
  { id: 'process', head: 'PROCESS', min: 8, max: 24, priority: 0, cell: ({ id }) => text(id, 'strong') },
  {
    id: 'health',
    head: 'HEALTH',
    min: 8,
    max: 8,
    priority: 2,
    cell: ({ standing }) => standingLine(standing),
  },
  portColumn(4),
  { id: 'service', head: 'SERVICE', min: 12, max: 20, priority: 7, cell: service },
  { id: 'model', head: 'MODEL', min: 12, max: 20, priority: 6, cell: ({ model }) => text(model, 'name') },
  { id: 'probe', head: 'PROBE', min: 28, max: 36, priority: 5, cell: ({ probe }) => text(probe, 'quiet') },
  { id: 'why', head: 'WHY', min: 16, max: 60, grows: true, priority: 3, cell: why },
];

function text(words: string | null, tone?: Tone): Line {
  return words === null ? [] : [span(plain(words), tone)];
}

function service({ kind, owner }: JoinedHealth): Line {
  return kind === 'service' ? text(owner) : [];
}

function why({ why: reason, standing }: JoinedHealth): Line {
  return text(reason, standing === 'red' ? 'warning' : 'quiet');
}
