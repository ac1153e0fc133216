import type { LogLine } from '#panes/kit/log.ts';
import type { State } from '../state.ts';
import type { World } from '../world.ts';
import { logInHand } from './hand.ts';
import { isFollowing, type LogView, type Place, type Want } from './logs.ts';
import { firstPlace, moved } from './rows.ts';
import { isAlone, logRoom, type Room } from './view.ts';
import { lineAt } from './window.ts';

export function changed(state: State, change: Partial<LogView>): State {
  const { view } = state.logs;
  return view ? { ...state, logs: { ...state.logs, view: { ...view, ...change } } } : state;
}

/** At the end from here on, wherever that is by now. */
export function following(state: State): State {
  const { view } = state.logs;
  if (!view) return state;
  const wants: Want | undefined = view.reaches && !view.failure ? undefined : { kind: 'newest' };
  return changed(state, {
    top: undefined,
    missed: { lines: 0, more: false },
    wants,
    found: undefined,
    failure: undefined,
  });
}

/** So many rows further, to the very beginning or to the end; who reaches the end follows it. */
export function scrolledLog(state: State, world: World, rows: number): State {
  const { view } = state.logs;
  const room = logRoom(state, world);
  if (!view || !room) return state;
  if (rows === Number.POSITIVE_INFINITY) return following(state);
  if (rows === Number.NEGATIVE_INFINITY) return toBeginning(state, view);
  const from = firstPlace(state, view, room);
  const top = moved(state, view, room, from, rows);
  if (rows > 0 && view.reaches && isLast(state, view, room, top)) return following(state);
  if (rows < 0 && top.number === from.number && top.row === from.row && view.top === undefined) return state;
  return changed(state, { top, failure: undefined });
}

function isLast(state: State, view: LogView, room: Room, place: Place): boolean {
  const last = firstPlace(state, { ...view, top: undefined }, room);
  return place.number > last.number || (place.number === last.number && place.row >= last.row);
}

function toBeginning(state: State, view: LogView): State {
  const top = { number: view.window.first, row: 0 };
  return changed(state, view.isWhole ? { top } : { wants: { kind: 'oldest' }, failure: undefined });
}

/** A line in sight: where it is, if it is in sight already, and else a third from above. */
export function showing(state: State, world: World, number: number): State {
  const { view } = state.logs;
  const room = logRoom(state, world);
  if (!view || !room || !lineAt(view.window, number)) return state;
  const from = firstPlace(state, view, room);
  const end = moved(state, view, room, from, room.height - 1);
  const isSeen = number >= from.number && number <= end.number;
  const top = isSeen ? from : moved(state, view, room, { number, row: 0 }, -Math.floor(room.height / 3));
  return changed(state, { top });
}

/** The line that was gone to, while it is in sight; or else the last one where the end is followed, and the first in sight. */
export function lineInHand(state: State, world: World): LogLine | undefined {
  const view = logInHand(state);
  const room = logRoom(state, world);
  if (!view || !room) return undefined;
  const from = firstPlace(state, view, room);
  const end = moved(state, view, room, from, room.height - 1);
  const isSeen = view.found !== undefined && view.found >= from.number && view.found <= end.number;
  return lineAt(view.window, isSeen ? (view.found as number) : isFollowing(view) ? end.number : from.number);
}

/** What the logs have of the screen: beside the list, or all of it. */
export function toggledFull(state: State): State {
  return { ...state, detail: { ...state.detail, hasKeys: true, full: !isAlone(state) } };
}
