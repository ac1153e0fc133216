import type { Line } from './line.ts';
import type { Look } from './look.ts';
import type { Trace } from './trace.ts';

export interface Column<Row> {
  id: string;
  head: string;
  /** Cells: narrower is never shown; wider only as far as the rows or the head need it. */
  min: number;
  max: number;
  /** Takes a share of what is left over. */
  grows?: boolean;
  /** The lowest stays longest. */
  priority: number;
  align?: 'left' | 'right';
  /** Where it shows that the row is being worked on: a sign, or what is done with it. */
  role?: 'sign' | 'state';
  /** `trace` is what the row has used lately, in a pane that keeps that. */
  cell(row: Row, look: Look, trace?: Trace): Line;
}

export interface Placed<Row> {
  column: Column<Row>;
  width: number;
}

export const GAP = 2;

/**
 * Which columns fit into the width, and how wide each is: those of the highest priority number go first, and none is
 * narrower than its least. `wanted` is how many cells a column's rows would like.
 */
export function placeColumns<Row>(
  columns: readonly Column<Row>[],
  width: number,
  wanted: (column: Column<Row>) => number,
): Placed<Row>[] {
  const shown = [...columns];
  while (shown.length > 1 && least(shown) > width) shown.splice(shown.indexOf(leastUseful(shown)), 1);
  const placed = shown.map((column) => ({ column, width: column.min }));
  let room = width - least(shown);
  for (const one of placed.toSorted((a, b) => a.column.priority - b.column.priority)) {
    const more = Math.max(0, Math.min(room, Math.min(one.column.max, wanted(one.column)) - one.width));
    one.width += more;
    room -= more;
  }
  const growing = placed.filter(({ column }) => column.grows);
  for (const [index, one] of growing.entries()) {
    const share = Math.floor(room / (growing.length - index));
    one.width += share;
    room -= share;
  }
  return placed;
}

function least<Row>(columns: readonly Column<Row>[]): number {
  return columns.reduce((sum, { min }) => sum + min, 0) + GAP * (columns.length - 1);
}

function leastUseful<Row>(columns: readonly Column<Row>[]): Column<Row> {
  return columns.reduce((worst, one) => (one.priority > worst.priority ? one : worst));
}
