import { logInHand } from '../state/logs/hand.ts';
import { changed } from '../state/logs/scroll.ts';
import { nearestMatch } from '../state/logs/search.ts';
import type { Filter } from '../state/overlay.ts';
import { keepSelection, shown } from '../state/rows.ts';
import { toMatch } from '../state/search.ts';
import type { State } from '../state/state.ts';
import { focusedPane, paneState, type World } from '../state/world.ts';
import { closeTop, type Dialog, replaceTop } from './dialog.ts';

/** Narrows the list, or searches the detail, while it is typed. It is drawn where the status line is. */
export const filter: Dialog<Filter> = {
  places: () => ['filter', 'dialog', 'text'],
  field: ({ field }) => field,
  typed: (overlay, field, state, world) =>
    replaceTop(filtered(state, world, field.text), { ...overlay, field }),
  act: (id, { before }, state, world) => {
    if (id === 'filter.keep') return closeTop(state);
    return id === 'dialog.close' ? closeTop(filtered(state, world, before)) : state;
  },
  draw: () => ({ title: '', width: 0, lines: [] }),
};

function filtered(state: State, world: World, text: string): State {
  if (logInHand(state)) {
    const searched = { ...changed(state, { found: undefined }), detail: { ...state.detail, search: text } };
    return text === '' ? searched : nearestMatch(searched, world);
  }
  if (state.detail.hasKeys) {
    return toMatch({ ...state, detail: { ...state.detail, search: text } }, world, state.detail.top, 1);
  }
  const pane = focusedPane(state, world);
  const own = paneState(state, pane.id);
  const kept = keepSelection(pane, shown(pane, own), { ...own, filter: text });
  return { ...state, panes: { ...state.panes, [pane.id]: kept } };
}
