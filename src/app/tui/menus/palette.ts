import type { ActionCard } from '#app/registry/card.ts';
import { focusPane } from '../state/moves/focus.ts';
import { MOVES } from '../state/moves/index.ts';
import { whyNotMove } from '../state/moves/unable.ts';
import { type State, turn } from '../state/state.ts';
import type { World } from '../state/world.ts';
import { actionItem } from './action-item.ts';
import { commandLine } from './command-line.ts';
import { fuzzy } from './fuzzy.ts';
import type { Item, MenuSource } from './item.ts';
import { lineItems } from './line-items.ts';

/** Every action, pane and move by name: what was used last comes first, and what is typed behind a name is its input. */
export const palette: MenuSource = {
  title: 'Command',
  items: (state, world, typed) => {
    const line = commandLine(typed, world);
    if (line) return lineItems(line, state, world);
    return fuzzy([...actionItems(state, world), ...paneItems(world), ...moveItems(state, world)], typed);
  },
};

function actionItems(state: State, world: World): Item[] {
  const rank = ({ id }: ActionCard) =>
    state.recent.includes(id) ? state.recent.indexOf(id) : state.recent.length;
  return world.cards.toSorted((a, b) => rank(a) - rank(b)).map((card) => actionItem(card, state, world));
}

function paneItems(world: World): Item[] {
  return world.panes.map(({ id, title, number }) => ({
    label: id,
    about: `${title} pane`,
    keys: number === undefined ? '' : String(number),
    run: (state) => turn(state.focus === id ? state : focusPane(state, world, id)),
  }));
}

function moveItems(state: State, world: World): Item[] {
  const places = new Set(['screen', 'list', state.focus]);
  return world.keymap.entries
    .filter(({ id, where }) => MOVES[id] && where.some((place) => places.has(place)))
    .map(({ id, label, group }) => ({
      label,
      about: group,
      keys: world.keymap.keyFor(id),
      unable: whyNotMove(id, state, world),
      run: (state) => turn(state, { kind: 'run', id }),
    }));
}
