import { cells } from '#panes/kit/cells.ts';
import { type Column, type Placed, placeColumns } from '#panes/kit/column.ts';
import { fitLine, type Ground, grounded, type Line, lineCells, span } from '#panes/kit/line.ts';
import type { Look } from '#panes/kit/look.ts';
import { plain } from '#panes/kit/plain.ts';
import { headLine, rowLine } from '#panes/kit/table.ts';
import { wrapLine } from '#panes/kit/wrap.ts';
import type { Pane } from '#panes/pane.ts';
import { type PaneState, range, type Shown, shown } from '../state/rows.ts';
import { failureLines } from './failure.ts';

/** Selection bar, mark, and a space. */
const GUTTER = 3;
/** Between the last column and the frame. */
const MARGIN = 1;

export interface ListView {
  pane: Pane;
  own: PaneState;
  width: number;
  /** Lines for head and rows. */
  height: number;
  hasKeys: boolean;
  look: Look;
  /** What rows are being worked on, by name. */
  busy: ReadonlyMap<string, string>;
}

/** The head and the rows of a pane that are in sight. */
export function listLines(view: ListView): Line[] {
  const { pane, own, width, height, look } = view;
  const found = shown(pane, own);
  if (found.keys.length === 0) return emptyLines(view);
  const placed = place(pane, found, width - GUTTER - MARGIN, look);
  const marked = new Set([...own.marks, ...range(own, found.keys)]);
  const rows = found.keys
    .slice(own.top, own.top + height - 1)
    .map((key, index) => listRow(view, placed, key, found.rows[own.top + index], marked.has(key)));
  return [[span(' '.repeat(GUTTER)), ...headLine(placed, look)], ...rows];
}

function listRow(
  { pane, own, width, hasKeys, look, busy }: ListView,
  placed: readonly Placed<unknown>[],
  key: string,
  row: unknown,
  marked: boolean,
): Line {
  const selected = key === own.selected;
  const doing = busy.get(pane.name(row));
  const told = placed.find(({ column }) => column.role === 'state') ?? placed.at(-1);
  const cell = (column: Column<unknown>): Line => {
    if (doing !== undefined && column.role === 'sign') return [span(look.sign('running'), 'name')];
    if (doing !== undefined && column === told?.column) return [span(doing, 'name')];
    return column.cell(row, look, own.traces.get(key));
  };
  const line = fitLine(
    [
      span(selected ? look.sign('selected') : ' ', hasKeys ? 'focus' : 'frame'),
      span(marked ? look.sign('marked') : ' ', 'mark'),
      span(' '),
      ...rowLine(placed, cell, look),
    ],
    width,
    '',
  );
  const ground: Ground | undefined = selected
    ? hasKeys
      ? 'selected'
      : 'resting'
    : marked
      ? 'marked'
      : undefined;
  return ground ? grounded(line, ground) : line;
}

function emptyLines({ pane, own, width, height }: ListView): Line[] {
  const lines = emptyWords(pane, own).flatMap((line) => wrapLine(line, width - 2));
  const above = Math.max(0, Math.floor((height - lines.length) / 2) - 1);
  const middle = (line: Line): Line => [
    span(' '.repeat(Math.max(1, Math.floor((width - lineCells(line)) / 2)))),
    ...line,
  ];
  return [...Array.from({ length: above }, () => []), ...lines.map(middle)];
}

function emptyWords({ empty, title }: Pane, { heard, complete, filter, only, failure }: PaneState): Line[] {
  if (failure) return failureLines(failure);
  if (!heard || !complete) return [];
  const words = filter
    ? [`No ${title.toLowerCase()} match ${plain(filter)}`, 'esc clears the filter']
    : only
      ? [`Nothing is left of ${plain(only.title)}`, 'esc goes back']
      : [empty.title, empty.hint];
  return words.map((text, index) => [span(text, index === 0 ? 'text' : 'quiet')]);
}

const remembered = new WeakMap<Shown, Map<number, readonly Placed<unknown>[]>>();

/** Columns keep their widths while the rows do: measured over all rows, so that scrolling moves nothing. */
function place(pane: Pane, found: Shown, width: number, look: Look): readonly Placed<unknown>[] {
  const byWidth = remembered.get(found) ?? new Map<number, readonly Placed<unknown>[]>();
  remembered.set(found, byWidth);
  const known = byWidth.get(width);
  if (known) return known;
  const wanted = (column: Column<unknown>) =>
    column.min === column.max
      ? column.max
      : found.rows.reduce<number>(
          (most, row) => Math.max(most, lineCells(column.cell(row, look))),
          cells(column.head),
        );
  const placed = placeColumns(pane.columns, width, wanted);
  byWidth.set(width, placed);
  return placed;
}
