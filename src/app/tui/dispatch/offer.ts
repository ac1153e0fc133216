import type { Offer } from '#panes/pane.ts';
import { chosen } from '../state/rows.ts';
import { type State, type Turn, turn } from '../state/state.ts';
import { cardOf, focusedPane, paneState, type World } from '../state/world.ts';
import { begin, saying } from './call.ts';

/** Gives the chosen rows to what the focused pane offers, or says why that can't be. */
export function take(state: State, world: World, offer: Offer): Turn {
  const reason = whyNot(state, world, offer);
  if (reason) return turn(saying(state, `${labelOf(offer, world)}: ${reason}`));
  return begin(state, world, offer.call(rowsFor(state, world, offer)));
}

/** Why an offer can't be taken now; nothing where it can. */
export function whyNot(state: State, world: World, offer: Offer): string | undefined {
  if (offer.takes === 'none') return unknownAction(world, offer, []);
  const rows = rowsFor(state, world, offer);
  const focused = paneState(state, focusedPane(state, world).id);
  if (rows.length === 0) return focused.complete ? 'nothing is selected' : 'its rows are still being read';
  if (offer.takes === 'one' && rows.length > 1) return `it takes one row, and ${rows.length} are marked`;
  const reasons = rows.map((row) => offer.unable?.(row));
  const [first] = reasons;
  if (first !== undefined && reasons.every(Boolean))
    return rows.length === 1 ? first : `not one of the ${rows.length} can: ${first}`;
  return unknownAction(world, offer, rows);
}

/** What the offer would run on: everything marked, or the selected row. */
export function rowsFor(state: State, world: World, offer: Offer): readonly unknown[] {
  const pane = focusedPane(state, world);
  return offer.takes === 'none' ? [] : chosen(pane, paneState(state, pane.id));
}

function unknownAction(world: World, offer: Offer, rows: readonly unknown[]): string | undefined {
  const { action } = offer.call(rows);
  return cardOf(world, action) ? undefined : `this version has no ${action}`;
}

function labelOf({ id }: Offer, world: World): string {
  return world.keymap.entry(id)?.label ?? id;
}
