import type { ActionCard } from '#app/registry/card.ts';
import { replaceTop } from '../dialogs/dialog.ts';
import { offerOf, whyNot } from '../dispatch/offer.ts';
import { field } from '../state/field.ts';
import { type State, turn } from '../state/state.ts';
import type { World } from '../state/world.ts';
import { wordsOf } from './command-line.ts';
import type { Item } from './item.ts';

/** An action by its words; it does what its key does here. */
export function actionItem(card: ActionCard, state: State, world: World): Item {
  const offer = offerOf(state, world, card.id);
  return {
    label: wordsOf(card),
    about: card.summary,
    keys: world.keymap.keyFor(offer?.id ?? card.id),
    unable: unableOutside(card, state) ?? (offer && whyNot(state, world, offer)),
    run: (now) => turn(now, { kind: 'run', id: card.id }),
    complete: (now) => withText(now, `${wordsOf(card)} `),
  };
}

/** The open menu with another text, and its first item selected. */
export function withText(state: State, text: string): State {
  const menu = state.overlays.at(-1);
  return menu?.kind === 'menu' ? replaceTop(state, { ...menu, field: field(text), selected: 0 }) : state;
}

function unableOutside(card: ActionCard, { scope }: State): string | undefined {
  return card.needsWorkspace && scope.kind === 'none' ? 'it needs a workspace' : undefined;
}
