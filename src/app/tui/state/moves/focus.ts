import { toggledFull } from '../logs/scroll.ts';
import { isAlone } from '../logs/view.ts';
import type { State } from '../state.ts';
import { focusedPane, layoutOf, openPanes, paneState, type World, withPane } from '../world.ts';
import type { Move, Moves } from './move.ts';
import { cameFrom, sentAway, visited } from './trail.ts';

export const FOCUS: Moves = {
  'focus.next': neighbour(1),
  'focus.previous': neighbour(-1),
  'zoom.in': (state, world) => (state.zoomed ? intoDetail(state) : zoom(state, world, true)),
  'zoom.out': goOut,
  'section.next': section(1),
  'section.previous': section(-1),
  'detail.logs': (state, world) => showSection(state, world, 'log'),
  // Again it has the keys, and all the screen.
  'log.open': (state, world) => (state.logs.view ? toggledFull(state) : showSection(state, world, 'log')),
  ...Object.fromEntries(Array.from({ length: 10 }, (_, number) => [`pane.${number}`, numbered(number)])),
};

/** Focuses a pane; one that has the focus already is zoomed, or back in the grid. */
export function focusPane(state: State, world: World, id: string): State {
  if (!world.panes.some((pane) => pane.id === id)) return state;
  if (state.focus === id) return zoom(state, world, !state.zoomed);
  return {
    ...visited(state, world),
    focus: id,
    detail: { ...state.detail, hasKeys: false, top: 0, left: 0, search: '' },
  };
}

function numbered(number: number): Move {
  return (state, world) => {
    const pane = world.panes.find((one) => one.number === number);
    return pane ? focusPane(state, world, pane.id) : state;
  };
}

function neighbour(step: number): Move {
  return (state, world) => {
    if (state.zoomed) return { ...state, detail: { ...state.detail, hasKeys: !state.detail.hasKeys } };
    const panes = openPanes(state, world);
    const at = panes.findIndex(({ id }) => id === state.focus);
    const next = panes[(at + step + panes.length) % panes.length];
    return next && next.id !== state.focus ? focusPane(state, world, next.id) : state;
  };
}

function zoom(state: State, world: World, zoomed: boolean): State {
  return { ...visited(state, world), zoomed, detail: { ...state.detail, hasKeys: false, top: 0, left: 0 } };
}

function intoDetail(state: State): State {
  return { ...state, detail: { ...state.detail, hasKeys: true, full: false } };
}

/** One step out: the innermost thing that was begun ends first. */
function goOut(state: State, world: World): State {
  const pane = focusedPane(state, world);
  const { anchor, marks, filter, only } = paneState(state, pane.id);
  if (state.detail.hasKeys && state.detail.search)
    return { ...state, detail: { ...state.detail, search: '' } };
  if (isAlone(state) && shared(state, world)) return beside(state);
  if (state.detail.hasKeys) return { ...state, detail: { ...state.detail, hasKeys: false, full: false } };
  if (anchor !== undefined) return withPane(state, pane.id, { anchor: undefined });
  if (filter) return withPane(state, pane.id, { filter: '' });
  if (marks.size > 0) return withPane(state, pane.id, { marks: new Set() });
  if (state.log.shown && layoutOf(state, world)?.panes.length === 0)
    return { ...state, log: { ...state.log, shown: false } };
  if (state.zoomed && !only?.from.zoomed) return zoom(state, world, false);
  if (only) return cameFrom(state, only);
  if (state.zoomed) return zoom(state, world, false);
  if (pane.isCalled) return sentAway(state, world);
  return state.message ? { ...state, message: undefined } : state;
}

function beside(state: State): State {
  return { ...state, detail: { ...state.detail, full: false } };
}

/** The screen has room for a list beside a detail that has the keys. */
function shared(state: State, world: World): boolean {
  return layoutOf(beside(state), world)?.panes.length !== 0;
}

function section(step: number): Move {
  return (state, world) => {
    if (!state.zoomed) return state;
    const { id, sections } = focusedPane(state, world);
    const at = Math.max(
      0,
      sections.findIndex((one) => one.id === state.detail.sections[id]),
    );
    const next = sections[(at + step + sections.length) % sections.length];
    return next ? showSection(state, world, next.id) : state;
  };
}

function showSection(state: State, world: World, section: string): State {
  const { id, sections } = focusedPane(state, world);
  if (!sections.some((one) => one.id === section)) return state;
  const zoomed = state.zoomed ? state : zoom(state, world, true);
  const detail = {
    ...zoomed.detail,
    sections: { ...zoomed.detail.sections, [id]: section },
    top: 0,
    left: 0,
    search: '',
  };
  return { ...zoomed, detail };
}
