import type { LogSection } from '#panes/pane.ts';
import { inside } from '../../layout/rect.ts';
import { wantedDetail } from '../detail.ts';
import { chosen } from '../rows.ts';
import type { State } from '../state.ts';
import { layoutOf, paneState, type World } from '../world.ts';
import type { LogView } from './logs.ts';
import { bodyCells, firstPlace, lastPlace, widestRow } from './rows.ts';
import { NO_LINES } from './window.ts';

/** Which logs the detail shows; nothing where it shows none. */
function wantedLogs(state: State, world: World): Pick<LogView, 'about' | 'title' | 'processes'> | undefined {
  const wanted = wantedDetail(state, world);
  if (!wanted || !('processes' in wanted.section)) return undefined;
  const { pane } = wanted;
  const section = wanted.section as LogSection;
  const rows = chosen(pane, paneState(state, pane.id));
  const names = rows.map((row) => pane.name(row));
  return {
    about: JSON.stringify([pane.id, names]),
    title: names.join(', '),
    processes: rows.flatMap((row) => section.processes(row)),
  };
}

/** The state with a view of the logs that the detail is to show, and none of others. */
export function withLogs(state: State, world: World): State {
  const wanted = wantedLogs(state, world);
  const { view } = state.logs;
  if (!wanted) return view ? { ...state, logs: { ...state.logs, view: undefined } } : state;
  if (view?.about !== wanted.about) return { ...state, logs: { ...state.logs, view: opened(wanted) } };
  const isSame = view.processes.join() === wanted.processes.join();
  return wanting(isSame ? state : { ...state, logs: { ...state.logs, view: { ...view, ...wanted } } }, world);
}

function opened(wanted: Pick<LogView, 'about' | 'title' | 'processes'>): LogView {
  return {
    ...wanted,
    ...{ range: {}, window: NO_LINES, isWhole: false, reaches: false },
    status: wanted.processes.length > 0 ? 'reading' : 'still',
    missed: { lines: 0, more: false },
  };
}

/** Near an edge of its window a view that does not follow wants what is beyond it. */
function wanting(state: State, world: World): State {
  const { view } = state.logs;
  const room = logRoom(state, world);
  if (!view?.top || view.wants || view.failure || !room) return state;
  const { first, lines } = view.window;
  const near = 2 * room.height;
  const above = view.top.number - first;
  const below = first + lines.length - 1 - lastPlace(state, view, room, firstPlace(state, view, room)).number;
  const kind = !view.isWhole && above < near ? 'older' : !view.reaches && below < near ? 'newer' : undefined;
  return kind ? { ...state, logs: { ...state.logs, view: { ...view, wants: { kind } } } } : state;
}

export interface Room {
  width: number;
  height: number;
}

/** Cells and lines for what logs say; the detail alone on the screen needs no tabs. */
export function logRoom(state: State, world: World): Room | undefined {
  const frame = layoutOf(state, world)?.detail;
  if (!frame) return undefined;
  const { width, height } = inside(frame);
  return { width: width - 2, height: Math.max(1, height - (isAlone(state) ? 0 : 2)) };
}

/** The detail has all the screen. */
export function isAlone({ detail: { full, hasKeys } }: State): boolean {
  return full && hasKeys;
}

/** Not further right than the longest line in sight; what is wrapped is never out of sight. */
export function withinLogs(state: State, world: World): State {
  const { view, wrap } = state.logs;
  const room = logRoom(state, world);
  if (!view || !room || state.detail.left === 0) return state;
  const furthest = wrap ? 0 : Math.max(0, widestRow(state, view, room) - 1);
  return state.detail.left <= furthest ? state : { ...state, detail: { ...state.detail, left: furthest } };
}

/** A line in sight goes on beyond the edge. */
export function isCut(state: State, world: World): boolean {
  const { view, wrap } = state.logs;
  const room = logRoom(state, world);
  return (
    view !== undefined &&
    room !== undefined &&
    !wrap &&
    widestRow(state, view, room) > bodyCells(state, view, room)
  );
}
