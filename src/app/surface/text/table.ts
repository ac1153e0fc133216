import stringWidth from 'string-width';
import type { Column } from '#engines/core/card.ts';
import type { Style } from '../style.ts';
import { formatValue } from './values.ts';

/** Rows as aligned columns under their heads; a column that says nothing in every row is left out. */
export function table(
  columns: Column[],
  rows: Record<string, unknown>[],
  style: Style,
  now: number,
): string[] {
  const cells = rows.map((row) => columns.map(({ key, unit }) => formatValue(row[key], unit, now)));
  const told = columns.map((_, index) => cells.some((row) => row[index] !== '-' && row[index] !== '0'));
  const widths = columns.map(({ head }, index) =>
    Math.max(head.length, ...cells.map((row) => stringWidth(row[index] ?? ''))),
  );
  const line = (row: string[]) =>
    row
      .flatMap((cell, index) =>
        told[index] ? [cell + ' '.repeat((widths[index] ?? 0) - stringWidth(cell))] : [],
      )
      .join('  ')
      .trimEnd();
  return [style('quiet', line(columns.map(({ head }) => head))), ...cells.map(line)];
}
