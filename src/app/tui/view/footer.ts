import type { Entry, Place } from '#keymaps/entry.ts';
import { type Line, lineCells, span } from '#panes/kit/line.ts';
import { whyNot } from '../dispatch/offer.ts';
import { placesOf } from '../dispatch/press.ts';
import { whyNotMove } from '../state/moves/unable.ts';
import type { State } from '../state/state.ts';
import { focusedPane, type World } from '../state/world.ts';

/** The keys that are most use where the person is: as many as fit. A dialog has its own in its frame. */
export function footerLine(state: State, world: World, width: number): Line {
  if (state.pressed.length > 0)
    return [span(` ${state.pressed.join(' ')}`, 'key'), span(' and then', 'quiet')];
  const places = placesOf(state);
  const pinned = world.keymap.entries.filter(
    (entry) => entry.pinned && entry.keys.length > 0 && isHere(entry, places),
  );
  const last = joined(pinned.map((entry) => hintSpans(entry, state, world)));
  const first = hintLine(state, world, width - lineCells(last) - GAP.length - 2);
  const space = Math.max(1, width - lineCells(first) - lineCells(last) - 2);
  return [span(' '), ...first, span(' '.repeat(space)), ...last];
}

/** Hints for where keys count now, most useful first. */
export function hintLine(state: State, world: World, width: number): Line {
  const shown: Line[] = [];
  let room = width;
  for (const entry of hints(state, world)) {
    const hint = hintSpans(entry, state, world);
    const size = lineCells(hint) + (shown.length > 0 ? GAP.length : 0);
    if (size > room) break;
    shown.push(hint);
    room -= size;
  }
  return joined(shown);
}

function joined(hints: readonly Line[]): Line {
  return hints.flatMap((hint, index) => (index === 0 ? hint : [span(GAP), ...hint]));
}

const GAP = '   ';

function hints(state: State, world: World): Entry[] {
  const places = placesOf(state);
  return world.keymap.entries
    .filter((entry) => entry.hint !== undefined && entry.keys.length > 0 && isHere(entry, places))
    .filter((entry) => isFirst(entry, places, world) && whyNotMove(entry.id, state, world) === undefined)
    .toSorted((a, b) => (a.hint ?? 0) - (b.hint ?? 0));
}

function isHere({ where }: Entry, places: readonly Place[]): boolean {
  return where.some((place) => places.includes(place));
}

/** Nothing that counts more has its key. */
function isFirst({ id }: Entry, places: readonly Place[], { keymap }: World): boolean {
  const found = keymap.find(places, keymap.keyFor(id).split(' '));
  return found.kind === 'entry' && found.entry.id === id;
}

function hintSpans({ id, label }: Entry, state: State, world: World): Line {
  const offer = focusedPane(state, world).offers.find((one) => one.id === id);
  const unable =
    state.overlays.length === 0 && offer !== undefined && whyNot(state, world, offer) !== undefined;
  return [span(world.keymap.keyFor(id), unable ? 'quiet' : 'key'), span(` ${label}`, 'quiet')];
}
