import { type Line, lineCells } from '#panes/kit/line.ts';
import { headCells, type LogLine, type LogManner, logBody } from '#panes/kit/log.ts';
import { wrapLine } from '#panes/kit/wrap.ts';
import type { State } from '../state.ts';
import type { LogView, Place } from './logs.ts';
import type { Room } from './view.ts';
import { lineAt } from './window.ts';

/** Cells of the names of processes, at the most; and in a narrow detail. */
const NAMES = { most: 20, narrow: 8, from: 60 };

export function mannerOf(
  { logs: { times, raw } }: State,
  { processes }: LogView,
  { width }: Room,
): LogManner {
  const longest = Math.max(0, ...processes.map((name) => name.length));
  const names = processes.length > 1 ? Math.min(longest, width < NAMES.from ? NAMES.narrow : NAMES.most) : 0;
  return { names, times, raw };
}

/** A row on the screen: a line, or a part of one that is wrapped. */
export interface Row {
  number: number;
  line: LogLine;
  /** The first of its line, which has its head. */
  isFirst: boolean;
  body: Line;
}

/** The rows from a place on, as many as there is room for. */
export function rowsFrom(state: State, view: LogView, room: Room, from: Place): Row[] {
  const rows: Row[] = [];
  const manner = mannerOf(state, view, room);
  for (let { number, row } = from; rows.length < room.height; number++, row = 0) {
    const line = lineAt(view.window, number);
    if (!line) break;
    for (const [index, body] of bodies(line, { state, manner, room }).entries())
      if (index >= row) rows.push({ number, line, isFirst: index === 0, body });
  }
  return rows.slice(0, room.height);
}

/** Where the shown rows begin: where the person is, and never so far down that there would be less to see than could be. */
export function firstPlace(state: State, view: LogView, room: Room): Place {
  const { first, lines } = view.window;
  const last = moved(state, view, room, { number: first + lines.length, row: 0 }, -room.height);
  if (!view.top || view.top.number > last.number) return last;
  if (view.top.number < first) return { number: first, row: 0 };
  return view.top.number === last.number && view.top.row > last.row ? last : view.top;
}

/** Where the last shown row is. */
export function lastPlace(state: State, view: LogView, room: Room, from: Place): Place {
  const number = rowsFrom(state, view, room, from).at(-1)?.number ?? from.number;
  return { number, row: 0 };
}

/** So many rows further; it ends at the ends of the window. */
export function moved(state: State, view: LogView, room: Room, from: Place, rows: number): Place {
  const manner = mannerOf(state, view, room);
  const height = (number: number) => {
    const line = lineAt(view.window, number);
    return line ? bodies(line, { state, manner, room }).length : 0;
  };
  const { first, lines } = view.window;
  let number = from.number;
  let row = from.row + rows;
  while (row < 0 && number > first) row += height(--number);
  while (row >= height(number) && number < first + lines.length - 1) row -= height(number++);
  return { number, row: Math.max(0, Math.min(row, height(number) - 1)) };
}

interface Wrapped {
  key: string;
  bodies: readonly Line[];
}

const remembered = new WeakMap<LogLine, Wrapped>();

/** What a line says, in as many rows as it takes. */
function bodies(
  line: LogLine,
  { state, manner, room }: { state: State; manner: LogManner; room: Room },
): readonly Line[] {
  const { wrap } = state.logs;
  const width = Math.max(8, room.width - headCells(manner));
  const key = wrap ? `${width} ${manner.raw}` : `${manner.raw}`;
  const known = remembered.get(line);
  if (known?.key === key) return known.bodies;
  const body = logBody(line, manner);
  const made = { key, bodies: wrap ? wrapLine(body, width) : [body] };
  remembered.set(line, made);
  return made.bodies;
}

/** Cells that what lines say has, behind their heads. */
export function bodyCells(state: State, view: LogView, room: Room): number {
  return Math.max(8, room.width - headCells(mannerOf(state, view, room)));
}

/** Cells of the longest shown line. */
export function widestRow(state: State, view: LogView, room: Room): number {
  const rows = rowsFrom(state, view, room, firstPlace(state, view, room));
  return rows.reduce((most, { body }) => Math.max(most, lineCells(body)), 0);
}
