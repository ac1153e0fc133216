import type { Entry } from '#keymaps/entry.ts';
import { whyNot } from '../dispatch/offer.ts';
import { logInHand } from '../state/logs/hand.ts';
import { MOVES } from '../state/moves/index.ts';
import { whyNotMove } from '../state/moves/unable.ts';
import { homePlaces } from '../state/places.ts';
import { type State, turn } from '../state/state.ts';
import { cardOf, focusedPane, type World } from '../state/world.ts';
import { fuzzy } from './fuzzy.ts';
import type { Item, MenuSource } from './item.ts';

/** The keys that count where the person is, from the table that the dispatcher reads; enter does what the key does. */
export const help: MenuSource = {
  title: 'Keys',
  items: (state, world, typed) => {
    const places = homePlaces(state);
    const here = world.keymap.entries.filter(
      ({ where, keys }) => keys.length > 0 && where.some((place) => places.includes(place)),
    );
    return fuzzy(
      here.toSorted((a, b) => rank(a, state) - rank(b, state)).map((entry) => itemOf(entry, state, world)),
      typed,
    );
  },
};

/** What the focused pane or the log alone has comes first: that is what a person looks for. */
function rank({ where }: Entry, state: State): number {
  return where.includes(logInHand(state) ? 'log' : state.focus) ? 0 : 1;
}

function itemOf(entry: Entry, state: State, world: World): Item {
  return {
    label: titleOf(entry, world),
    about: cardOf(world, entry.id)?.summary ?? entry.group,
    keys: entry.keys.join(' '),
    unable: reason(entry.id, state, world),
    run: (now) => turn(now, { kind: 'run', id: entry.id }),
  };
}

function titleOf({ id, label }: Entry, world: World): string {
  const pane = world.panes.find(({ number }) => id === `pane.${number}`);
  return pane ? `${pane.title}, again to zoom` : label;
}

/** Why an id can't run now: a pane's own reason, or that this version has no such action. */
export function reason(id: string, state: State, world: World): string | undefined {
  const offer = focusedPane(state, world).offers.find((one) => one.id === id);
  if (offer) return whyNot(state, world, offer);
  if (MOVES[id]) return whyNotMove(id, state, world);
  return cardOf(world, id) ? undefined : 'this version has no such action';
}
