import { bytes } from '#engines/core/bytes.ts';
import type { ModelRow } from '#engines/models/types.ts';
import type { Column } from '../kit/column.ts';
import { type Line, span, type Tone } from '../kit/line.ts';
import { plain } from '../kit/plain.ts';
import { signLine, stateLine } from './state.ts';

export const columns: readonly Column<ModelRow>[] = [
  { id: 'sign', head: '', min: 1, max: 1, priority: 1, role: 'sign', cell: signLine },
  { id: 'model', head: 'MODEL', min: 9, max: 28, priority: 0, cell: ({ id }) => text(id, 'strong') },
  {
    id: 'params',
    head: 'PARAMS',
    min: 6,
    max: 6,
    align: 'right',
    priority: 6,
    cell: ({ params }) => text(params),
  },
  {
    id: 'quantisation',
    head: 'QUANT',
    min: 6,
    max: 8,
    priority: 5,
    cell: ({ quantisation }) => text(quantisation, 'quiet'),
  },
  { id: 'size', head: 'SIZE', min: 6, max: 6, align: 'right', priority: 3, cell: sizeLine },
  { id: 'state', head: 'STATE', min: 16, max: 60, grows: true, priority: 2, role: 'state', cell: stateLine },
  { id: 'checksum', head: 'CHECKSUM', min: 9, max: 9, priority: 7, cell: checksumLine },
  {
    id: 'workers',
    head: 'WORKERS',
    min: 8,
    max: 24,
    priority: 4,
    cell: ({ workers }) => text(workers.join(' ') || null, 'name'),
  },
];

const CHECKSUMS: Record<ModelRow['checksum'], Tone> = {
  unchecked: 'quiet',
  whole: 'text',
  verified: 'good',
  broken: 'bad',
};

function text(words: string | null, tone?: Tone): Line {
  return words === null ? [] : [span(plain(words), tone)];
}

/** What is not here has the size that it would have. */
function sizeLine({ size, expectedSize }: ModelRow): Line {
  if (size > 0) return [span(bytes(size))];
  return expectedSize === null ? [] : [span(bytes(expectedSize), 'quiet')];
}

function checksumLine({ checksum, size }: ModelRow): Line {
  return size === 0 ? [] : [span(checksum, CHECKSUMS[checksum])];
}
