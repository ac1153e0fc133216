import type { Key } from '#keymaps/chord.ts';
import type { Place } from '#keymaps/entry.ts';
import { dialogOf } from '../dialogs/index.ts';
import { scrolled } from '../dialogs/scroll.ts';
import type { InputEvent } from '../input/event.ts';
import { EDITS, type Field, insert } from '../state/field.ts';
import { MOVES } from '../state/moves/index.ts';
import { homePlaces } from '../state/places.ts';
import { type State, type Turn, turn } from '../state/state.ts';
import { cardOf, layoutOf, type World } from '../state/world.ts';
import { begin, missingIn, saying } from './call.ts';
import { offerOf, take } from './offer.ts';

/** A message stays at least so long, whatever is pressed. */
const READING_TIME = 1_500;

/** What one event of the keyboard does. The only reader of the keymap that acts on it. */
export function press(state: State, world: World, event: InputEvent): Turn {
  if (event.kind === 'reply' || !layoutOf(state, world)) return turn(state);
  if (event.kind === 'paste') return type(state, world, event.text);
  return pressKey(forgetMessage(state), world, event.key, event.text);
}

function pressKey(state: State, world: World, key: Key, text: string): Turn {
  const places = placesOf(state);
  const pressed = [...state.pressed, key];
  const found = world.keymap.find(places, pressed);
  if (found.kind === 'begun') return turn({ ...state, pressed });
  const ready = { ...state, pressed: [] };
  if (found.kind === 'entry') return run(ready, world, found.entry.id);
  if (pressed.length > 1) return turn(saying(ready, `${pressed.join(' ')} is nothing here`, 'quiet'));
  if (key.startsWith('alt+') && !world.keymap.uses(key)) return apart(ready, world, key);
  return text ? type(ready, world, text) : turn(ready);
}

/** Over a slow line escape and the key after it arrive as one: where nothing is bound to alt, they are two. */
function apart(state: State, world: World, key: Key): Turn {
  const escaped = pressKey(state, world, 'esc', '');
  const rest = key.slice('alt+'.length);
  const then = pressKey(escaped.state, world, rest, [...rest].length === 1 ? rest : '');
  return { state: then.state, effects: [...escaped.effects, ...then.effects] };
}

/** Does what an id of the keymap stands for: in the open dialog, as a move, as an offer of the pane, or as an action. */
export function run(state: State, world: World, id: string): Turn {
  const overlay = state.overlays.at(-1);
  if (overlay) {
    const dialog = dialogOf(overlay);
    const field = dialog.field?.(overlay);
    const edit = EDITS[id];
    if (field && edit) return changeField(state, world, edit(field));
    const scrolling = scrolled(id, overlay, state, world);
    return carriedOut(asTurn(scrolling ?? dialog.act(id, overlay, state, world)), world);
  }
  const move = MOVES[id];
  if (move) return asTurn(move(state, world));
  const offer = offerOf(state, world, id);
  if (offer) return take(state, world, offer);
  const card = cardOf(world, id);
  const asks = card !== undefined && missingIn(card, { action: id, input: {} }).length > 0;
  // Without an offer, nobody has said which rows a pane's key is about: it must not run on all.
  return card && (asks || !isOfPane(world, id))
    ? begin(state, world, { action: id, input: {} })
    : turn(saying(state, `${id} is not to be had here`));
}

function isOfPane({ keymap, panes }: World, id: string): boolean {
  const places = keymap.entry(id)?.where ?? [];
  return places.some((place) => panes.some((pane) => pane.id === place));
}

/** Where keys count now, the most particular place first. */
export function placesOf(state: State): readonly Place[] {
  const overlay = state.overlays.at(-1);
  return overlay ? dialogOf(overlay).places(overlay) : homePlaces(state);
}

/** A menu's choice does what its key would. */
function carriedOut({ state, effects }: Turn, world: World): Turn {
  const chosen = effects.find((effect) => effect.kind === 'run');
  return chosen ? run(state, world, chosen.id) : turn(state, ...effects);
}

function type(state: State, world: World, text: string): Turn {
  const overlay = state.overlays.at(-1);
  const field = overlay && dialogOf(overlay).field?.(overlay);
  return field ? changeField(state, world, insert(field, text)) : turn(state);
}

function changeField(state: State, world: World, field: Field): Turn {
  const overlay = state.overlays.at(-1);
  const dialog = overlay && dialogOf(overlay);
  return dialog?.typed ? asTurn(dialog.typed(overlay as never, field, state, world)) : turn(state);
}

function forgetMessage(state: State): State {
  const { message, now } = state;
  return message && now - message.at > READING_TIME ? { ...state, message: undefined } : state;
}

function asTurn(result: State | Turn): Turn {
  return 'effects' in result ? result : turn(result);
}
