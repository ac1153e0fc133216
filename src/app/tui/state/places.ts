import type { Place } from '#keymaps/entry.ts';
import { logInHand } from './logs/hand.ts';
import type { State } from './state.ts';
import { paneState } from './world.ts';

/** A dialog has the keys; the line of the filter leaves them with what it narrows. */
export function inDialog({ overlays }: State): boolean {
  return overlays.some(({ kind }) => kind !== 'filter');
}

/** Where keys count while no dialog is open, the most particular place first. */
export function homePlaces(state: State): readonly Place[] {
  if (state.scope.kind === 'none') return ['welcome'];
  const filtered = state.detail.hasKeys
    ? state.detail.search !== ''
    : paneState(state, state.focus).filter !== '';
  const focused = state.detail.hasKeys ? 'detail' : 'list';
  return [
    ...(filtered ? ['filtered'] : []),
    // Who reads a log does not want to stop its service by a letter.
    ...(logInHand(state) ? ['log'] : [state.focus]),
    focused,
    ...(state.zoomed ? ['zoomed'] : []),
    'screen',
  ];
}
