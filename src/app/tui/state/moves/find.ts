import { field } from '../field.ts';
import { logInHand } from '../logs/hand.ts';
import { toLogMatch } from '../logs/search.ts';
import { shown } from '../rows.ts';
import { toMatch } from '../search.ts';
import { focusedPane, paneState } from '../world.ts';
import type { Move, Moves } from './move.ts';
import { select } from './scroll.ts';

export const FIND: Moves = {
  'filter.open': (state, world) => {
    const before = state.detail.hasKeys
      ? state.detail.search
      : paneState(state, focusedPane(state, world).id).filter;
    return { ...state, overlays: [...state.overlays, { kind: 'filter', field: field(before), before }] };
  },
  'match.next': match(1),
  'match.previous': match(-1),
};

/** The next row that passes the filter, or the next line of the detail that has what is searched; around the end. */
function match(step: 1 | -1): Move {
  return (state, world) => {
    if (logInHand(state)) return toLogMatch(state, world, step);
    if (state.detail.hasKeys) return toMatch(state, world, state.detail.top + step, step);
    const pane = focusedPane(state, world);
    const { keys } = shown(pane, paneState(state, pane.id));
    const at = keys.indexOf(paneState(state, pane.id).selected ?? '');
    return select(state, world, keys[(at + step + keys.length) % keys.length]);
  };
}
