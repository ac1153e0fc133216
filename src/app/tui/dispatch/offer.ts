import type { Offer } from '#panes/pane.ts';
import { open } from '../dialogs/dialog.ts';
import { pickMenu } from '../state/overlay.ts';
import { chosen } from '../state/rows.ts';
import { type State, type Turn, turn } from '../state/state.ts';
import { cardOf, focusedPane, paneState, type World } from '../state/world.ts';
import { begin, saying } from './call.ts';

/** Gives the chosen rows to what the focused pane offers, or says why that can't be. */
export function take(state: State, world: World, offer: Offer): Turn {
  const reason = whyNot(state, world, offer);
  if (reason) return turn(saying(state, `${labelOf(offer, world)}: ${reason}`));
  const choices = offer.choices?.(rowsFor(state, world, offer));
  if (choices) return turn(open(state, pickMenu(labelOf(offer, world), choices)));
  return begin(state, world, offer.call(rowsFor(state, world, offer)));
}

/**
 * What an id stands for in the focused pane: its own offer, or the one that would call this action with what is chosen.
 * From elsewhere too what needs no rows can be had.
 */
export function offerOf(state: State, world: World, id: string): Offer | undefined {
  const { offers } = focusedPane(state, world);
  return (
    offers.find((one) => one.id === id) ??
    offers.find((one) => world.keymap.entry(id) === undefined && wouldCall(state, world, one, id)) ??
    world.panes.flatMap((pane) => pane.offers).find((one) => one.id === id && one.takes === 'none')
  );
}

function wouldCall(state: State, world: World, offer: Offer, action: string): boolean {
  if (offer.takes === 'none') return false;
  const rows = rowsFor(state, world, offer);
  return rows.length > 0 && offer.call(rows).action === action;
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
  return (rows.length > 1 ? offer.apart?.(rows) : undefined) ?? unknownAction(world, offer, rows);
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
