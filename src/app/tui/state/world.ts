import type { ActionCard } from '#app/registry/card.ts';
import type { Keymap } from '#keymaps/keymap.ts';
import type { Look } from '#panes/kit/look.ts';
import type { Pane } from '#panes/pane.ts';
import { type Layout, layOut } from '../layout/layout.ts';
import { EMPTY, type PaneState } from './rows.ts';
import type { State } from './state.ts';

/** What does not change while the screen is open. */
export interface World {
  panes: readonly Pane[];
  cards: readonly ActionCard[];
  keymap: Keymap;
  sign: Look['sign'];
  /** The person's home directory. */
  home: string;
}

export function focusedPane(state: State, world: World): Pane {
  const pane = world.panes.find(({ id }) => id === state.focus) ?? world.panes[0];
  if (!pane) throw new Error('A screen has at least one pane.');
  return pane;
}

/** The panes that stand on the screen: those that are called leave it with the focus. */
export function openPanes({ focus }: Pick<State, 'focus'>, { panes }: World): readonly Pane[] {
  return panes.filter(({ id, isCalled }) => !isCalled || id === focus);
}

export function paneState(state: State, id: string): PaneState {
  return state.panes[id] ?? EMPTY;
}

export function withPane(state: State, id: string, change: Partial<PaneState>): State {
  return { ...state, panes: { ...state.panes, [id]: { ...paneState(state, id), ...change } } };
}

export function cardOf(world: World, action: string): ActionCard | undefined {
  return world.cards.find(({ id }) => id === action);
}

export function layoutOf(state: State, world: World): Layout | undefined {
  return layOut({
    cols: state.cols,
    rows: state.rows,
    panes: openPanes(state, world),
    focus: state.focus,
    zoomed: state.zoomed,
    inDetail: state.detail.hasKeys,
    full: state.detail.full,
    log: state.log.shown,
  });
}
