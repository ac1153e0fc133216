import { fitLine, type Line, lineCells, type Span, span, type Tone } from '#panes/kit/line.ts';
import type { Rect } from '../layout/rect.ts';
import type { FrameSigns } from '../theme/signs.ts';

export interface Box {
  rect: Rect;
  signs: FrameSigns;
  /** Of the upper edge. */
  tone: Tone;
  title: Line;
  /** At the right end of the upper edge. */
  badge?: Line;
  /** At the right end of the lower edge. */
  below?: Line;
  lines: readonly Line[];
  more: string;
}

/** A frame with its lines, exactly as large as its rectangle. */
export function boxLines({ rect, signs, tone, title, badge = [], below = [], lines, more }: Box): Line[] {
  const width = rect.width - 2;
  const side = span(signs.side, 'frame');
  const body = Array.from({ length: Math.max(0, rect.height - 2) }, (_, index) => [
    side,
    ...fitLine(lines[index] ?? [], width, more),
    side,
  ]);
  return [
    edgeLine({
      left: signs.topLeft,
      fill: signs.top,
      right: signs.topRight,
      start: title,
      end: badge,
      width,
      tone,
      more,
    }),
    ...body,
    edgeLine({
      left: signs.bottomLeft,
      fill: signs.bottom,
      right: signs.bottomRight,
      start: [],
      end: below,
      width,
      tone: 'frame',
      more,
    }),
  ].slice(0, rect.height);
}

/** A line with its title as the only thing that is left of a box. */
export function foldedLine(
  width: number,
  { signs, tone, title, badge = [], more }: Omit<Box, 'rect' | 'lines'>,
): Line {
  return edgeLine({
    left: signs.top,
    right: signs.top,
    start: title,
    end: badge,
    width: width - 2,
    fill: signs.top,
    tone,
    more,
  });
}

interface Edge {
  left: string;
  right: string;
  start: Line;
  end: Line;
  /** Between the corners. */
  width: number;
  fill: string;
  tone: Tone;
  more: string;
}

function edgeLine({ left, right, start, end, width, fill, tone, more }: Edge): Line {
  const first = spaced(start);
  const last = spaced(end);
  const shownEnd = lineCells(first) + lineCells(last) + 3 <= width ? last : [];
  const room = width - 1 - lineCells(shownEnd) - (shownEnd.length > 0 ? 1 : 0);
  const shownStart = lineCells(first) <= room ? first : fitLine(first, Math.max(0, room), more);
  const filler = Math.max(0, room - lineCells(shownStart));
  const line = (text: string): Span => span(text, tone);
  return [
    line(left + (width > 0 ? fill : '')),
    ...shownStart,
    line(fill.repeat(filler)),
    ...shownEnd,
    ...(shownEnd.length > 0 ? [line(fill)] : []),
    line(right),
  ];
}

function spaced(line: Line): Line {
  return line.length > 0 ? [span(' '), ...line, span(' ')] : [];
}
