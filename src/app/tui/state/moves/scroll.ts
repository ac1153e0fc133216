import { roomIn } from '../detail.ts';
import { logInHand } from '../logs/hand.ts';
import { scrolledLog } from '../logs/scroll.ts';
import { logRoom } from '../logs/view.ts';
import { shown } from '../rows.ts';
import type { State } from '../state.ts';
import { focusedPane, layoutOf, paneState, type World, withPane } from '../world.ts';
import type { Move, Moves } from './move.ts';

/** Lines that a page move keeps in sight. */
const OVERLAP = 2;

type Step = (page: number) => number;

/** How far a move goes, in rows or lines, where a page is so many of them. */
export const STEPS: Readonly<Record<string, Step>> = {
  'move.down': () => 1,
  'move.up': () => -1,
  'move.page-down': (page) => page,
  'move.page-up': (page) => -page,
  'move.first': () => Number.NEGATIVE_INFINITY,
  'move.last': () => Number.POSITIVE_INFINITY,
};

export const SIDEWAYS: Readonly<Record<string, 1 | -1>> = { 'scroll.right': 1, 'scroll.left': -1 };

/** Whatever has the keys scrolls: the list by its selection, the detail by its first line. */
export const SCROLL: Moves = {
  ...Object.fromEntries(Object.entries(STEPS).map(([id, step]) => [id, by(step)])),
  ...Object.fromEntries(Object.entries(SIDEWAYS).map(([id, direction]) => [id, sideways(direction)])),
};

/** Half a detail's width: what was at its edge comes to its middle. */
function sideways(direction: 1 | -1): Move {
  return (state, world) => {
    const frame = layoutOf(state, world)?.detail;
    if (!frame) return state;
    const step = Math.floor(roomIn(frame).width / 2) * direction;
    return { ...state, detail: { ...state.detail, left: Math.max(0, state.detail.left + step) } };
  };
}

function by(step: Step): Move {
  return (state, world) => {
    const layout = layoutOf(state, world);
    const room = logInHand(state) && logRoom(state, world);
    if (room) return scrolledLog(state, world, step(pageOf(room.height + 2)));
    if (state.zoomed && state.detail.hasKeys) {
      const top = clamp(
        state.detail.top + step(pageOf(layout?.detail?.height ?? 0)),
        Number.MAX_SAFE_INTEGER,
      );
      return { ...state, detail: { ...state.detail, top } };
    }
    const height = layout?.panes.find(({ id }) => id === state.focus)?.rect.height ?? 0;
    return selectBy(state, world, step(pageOf(height - 1)));
  };
}

/** Selects the row so many further, and stops at the ends. */
export function selectBy(state: State, world: World, step: number): State {
  const pane = focusedPane(state, world);
  const { selected = '', wish = 0, complete } = paneState(state, pane.id);
  const { keys } = shown(pane, paneState(state, pane.id));
  if (keys.length > 0)
    return select(state, world, keys[clamp(Math.max(0, keys.indexOf(selected)) + step, keys.length - 1)]);
  // Moves that come before the rows are carried out when those are there.
  return complete ? state : withPane(state, pane.id, { wish: Math.max(0, wish + step) || 0 });
}

export function select(state: State, world: World, selected: string | undefined): State {
  const pane = focusedPane(state, world);
  if (selected === undefined) return state;
  const chosen = withPane(state, pane.id, { selected, wish: undefined });
  return selected === paneState(state, pane.id).selected
    ? chosen
    : { ...chosen, detail: { ...state.detail, top: 0, left: 0 } };
}

function clamp(value: number, highest: number): number {
  return Math.max(0, Math.min(value, highest));
}

/** What a page moves by, of a height that includes a frame. */
export function pageOf(height: number): number {
  return Math.max(1, height - 2 - OVERLAP);
}
