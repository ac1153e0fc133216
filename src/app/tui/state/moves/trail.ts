import type { Narrowing } from '../rows.ts';
import type { Spot, State } from '../state.ts';
import { focusedPane, paneState, type World, withPane } from '../world.ts';
import type { Moves } from './move.ts';

const LONGEST = 50;

export const TRAIL: Moves = { 'history.back': back, 'history.forward': forward };

/** The state with the place where it is remembered, for the way back. */
export function visited(state: State, world: World): State {
  return {
    ...state,
    trail: { back: [...state.trail.back, spotOf(state, world)].slice(-LONGEST), forward: [] },
  };
}

export function spotOf(state: State, world: World): Spot {
  const { id } = focusedPane(state, world);
  const { selected, only } = paneState(state, id);
  return { focus: id, zoomed: state.zoomed, selected, section: state.detail.sections[id], only };
}

/** Back to where a jump began; the pane that it led to has all its rows again. */
export function cameFrom(state: State, { from }: Narrowing): State {
  return at(withPane(state, state.focus, { only: undefined }), from);
}

/** From a pane that was called to the last one that is always there. */
export function sentAway(state: State, world: World): State {
  const isThere = ({ focus }: Spot) => world.panes.some(({ id, isCalled }) => id === focus && !isCalled);
  const focus =
    state.trail.back.findLast(isThere)?.focus ?? world.panes.find(({ isCalled }) => !isCalled)?.id;
  return focus === undefined ? state : { ...visited(state, world), focus };
}

function back(state: State, world: World): State {
  const spot = state.trail.back.at(-1);
  if (!spot) return state;
  const trail = {
    back: state.trail.back.slice(0, -1),
    forward: [...state.trail.forward, spotOf(state, world)],
  };
  return { ...leave(state, spot), trail };
}

function forward(state: State, world: World): State {
  const spot = state.trail.forward.at(-1);
  if (!spot) return state;
  const trail = {
    back: [...state.trail.back, spotOf(state, world)],
    forward: state.trail.forward.slice(0, -1),
  };
  return { ...leave(state, spot), trail };
}

/** What a jump has narrowed is whole again once one is elsewhere. */
function leave(state: State, spot: Spot): State {
  return at(withPane(state, state.focus, { only: undefined }), spot);
}

function at(state: State, { focus, zoomed, selected, section: id, only }: Spot): State {
  const rows = paneState(state, focus).rows;
  const narrowed = withPane(state, focus, { only });
  const there =
    selected !== undefined && rows.has(selected)
      ? withPane(narrowed, focus, { selected, wish: undefined })
      : narrowed;
  const sections = id === undefined ? state.detail.sections : { ...state.detail.sections, [focus]: id };
  return {
    ...there,
    focus,
    zoomed,
    detail: { ...there.detail, sections, hasKeys: false, top: 0, left: 0, search: '' },
  };
}
