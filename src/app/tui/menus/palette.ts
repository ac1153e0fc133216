import type { ActionCard } from '#app/registry/card.ts';
import { open, replaceTop } from '../dialogs/dialog.ts';
import { begin, formFor } from '../dispatch/call.ts';
import { whyNot } from '../dispatch/offer.ts';
import { field } from '../state/field.ts';
import { focusPane } from '../state/moves/focus.ts';
import { MOVES } from '../state/moves/index.ts';
import { type State, turn } from '../state/state.ts';
import { focusedPane, type World } from '../state/world.ts';
import { argumentsIn } from './arguments.ts';
import { fuzzy } from './fuzzy.ts';
import type { Item, MenuSource } from './item.ts';

/** Every action, pane and move by name: what was used last comes first, and what is typed behind a name is its input. */
export const palette: MenuSource = {
  title: 'Command',
  items: (state, world, typed) => {
    const named = world.cards
      .filter((card) => isNamed(card, typed))
      .toSorted((a, b) => b.id.length - a.id.length)[0];
    if (named) return [withArguments(named, typed.trim(), world)];
    return fuzzy([...actionItems(state, world), ...paneItems(world), ...moveItems(world)], typed);
  },
};

/** The words of an action with something behind them are a command line. */
function isNamed(card: ActionCard, typed: string): boolean {
  return typed.startsWith(`${wordsOf(card)} `) && typed.trim().length > wordsOf(card).length;
}

function withArguments(card: ActionCard, typed: string, world: World): Item {
  const read = argumentsIn(card, typed.slice(wordsOf(card).length));
  return {
    label: typed,
    about: card.summary,
    unable: read.problem,
    run: (state) => begin(state, world, { action: card.id, input: read.input }),
  };
}

function actionItems(state: State, world: World): Item[] {
  const cards = world.cards.filter(({ kind }) => kind !== 'stream');
  const rank = ({ id }: ActionCard) =>
    state.recent.includes(id) ? state.recent.indexOf(id) : state.recent.length;
  return cards.toSorted((a, b) => rank(a) - rank(b)).map((card) => actionItem(card, state, world));
}

function actionItem(card: ActionCard, state: State, world: World): Item {
  const offer = focusedPane(state, world).offers.find((one) => one.id === card.id);
  return {
    label: wordsOf(card),
    about: card.summary,
    keys: world.keymap.keyFor(card.id),
    unable: unableOutside(card, state) ?? (offer && whyNot(state, world, offer)),
    run: (now) => turn(now, { kind: 'run', id: card.id }),
    complete: (now) => completed(now, card),
  };
}

/** First the name, so that arguments can be typed behind it; then a form. */
function completed(state: State, card: ActionCard): State {
  const menu = state.overlays.at(-1);
  if (menu?.kind !== 'menu') return state;
  const words = `${wordsOf(card)} `;
  if (menu.field.text !== words) return replaceTop(state, { ...menu, field: field(words), selected: 0 });
  return open(
    { ...state, overlays: state.overlays.slice(0, -1) },
    formFor(card, { action: card.id, input: {} }),
  );
}

function unableOutside(card: ActionCard, { scope }: State): string | undefined {
  return card.needsWorkspace && scope.kind === 'none' ? 'it needs a workspace' : undefined;
}

function paneItems(world: World): Item[] {
  return world.panes.map(({ id, title, number }) => ({
    label: id,
    about: `${title} pane`,
    keys: number === undefined ? '' : String(number),
    run: (state) => turn(state.focus === id ? state : focusPane(state, world, id)),
  }));
}

function moveItems(world: World): Item[] {
  return world.keymap.entries
    .filter(({ id, where }) => MOVES[id] && where.some((place) => place === 'screen' || place === 'list'))
    .map(({ id, label, group }) => ({
      label,
      about: group,
      keys: world.keymap.keyFor(id),
      run: (state) => turn(state, { kind: 'run', id }),
    }));
}

function wordsOf({ id }: ActionCard): string {
  return id.replaceAll('.', ' ');
}
