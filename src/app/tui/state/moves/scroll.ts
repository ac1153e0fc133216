import { shown } from '../rows.ts';
import type { State } from '../state.ts';
import { focusedPane, layoutOf, paneState, type World, withPane } from '../world.ts';
import type { Move, Moves } from './move.ts';

/** Lines that a page move keeps in sight. */
const OVERLAP = 2;

/** Whatever has the keys scrolls: the list by its selection, a detail or a viewer by its first line. */
export const SCROLL: Moves = {
  'move.down': by(() => 1),
  'move.up': by(() => -1),
  'move.page-down': by((page) => page),
  'move.page-up': by((page) => -page),
  'move.first': by(() => Number.NEGATIVE_INFINITY),
  'move.last': by(() => Number.POSITIVE_INFINITY),
};

function by(step: (page: number) => number): Move {
  return (state, world) => {
    const viewer = state.overlays.at(-1);
    if (viewer && 'top' in viewer) {
      const top = clamp(viewer.top + step(pageOf(state.rows - 8)), Number.MAX_SAFE_INTEGER);
      return { ...state, overlays: [...state.overlays.slice(0, -1), { ...viewer, top }] };
    }
    const layout = layoutOf(state, world);
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
  const { keys } = shown(pane, paneState(state, pane.id));
  const now = Math.max(0, keys.indexOf(paneState(state, pane.id).selected ?? ''));
  return select(state, world, keys[clamp(now + step, keys.length - 1)]);
}

export function select(state: State, world: World, selected: string | undefined): State {
  const pane = focusedPane(state, world);
  if (selected === undefined || selected === paneState(state, pane.id).selected) return state;
  return { ...withPane(state, pane.id, { selected }), detail: { ...state.detail, top: 0 } };
}

function clamp(value: number, highest: number): number {
  return Math.max(0, Math.min(value, highest));
}

function pageOf(height: number): number {
  return Math.max(1, height - 2 - OVERLAP);
}
