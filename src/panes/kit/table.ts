import { sized } from './cells.ts';
import { type Column, GAP, type Placed } from './column.ts';
import { fitLine, type Line, lineCells, type Span, span } from './line.ts';
import type { Look } from './look.ts';

/** The heads of columns, each in its place. */
export function headLine<Row>(placed: readonly Placed<Row>[], look: Look): Line {
  return joined(placed, ({ column, width }) => [
    span(sized(column.head, width, look.sign('more'), column.align), 'quiet'),
  ]);
}

/** A row's cells, each in its place; `cell` says what stands in a column. */
export function rowLine<Row>(
  placed: readonly Placed<Row>[],
  cell: (column: Column<Row>) => Line,
  look: Look,
): Line {
  return joined(placed, (one) => aligned(cell(one.column), one, look.sign('more')));
}

function aligned<Row>(line: Line, { column, width }: Placed<Row>, more: string): Line {
  const spare = width - lineCells(line);
  if (column.align !== 'right' || spare <= 0) return fitLine(line, width, more);
  return [span(' '.repeat(spare)), ...line];
}

function joined<Row>(placed: readonly Placed<Row>[], of: (one: Placed<Row>) => Line): Line {
  const spans: Span[] = [];
  for (const [index, one] of placed.entries()) {
    if (index > 0) spans.push(span(' '.repeat(GAP)));
    spans.push(...of(one));
  }
  return spans;
}
