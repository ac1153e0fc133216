import { cells, clip, sized } from '#panes/kit/cells.ts';
import { grounded, type Line, span } from '#panes/kit/line.ts';
import { windowTop } from '#panes/kit/window.ts';
import { MENUS } from '../menus/index.ts';
import type { Item } from '../menus/item.ts';
import type { Menu } from '../state/overlay.ts';
import type { State } from '../state/state.ts';
import type { World } from '../state/world.ts';
import { closeTop, type Dialog, type Room, replaceTop } from './dialog.ts';
import { fieldLine } from './field-line.ts';

const PAGE = 10;
/** Lines that a menu has, whatever it is narrowed to. */
const HIGHEST = 18;
/** Cells: of a menu, of its names, before them, between columns. */
const WIDEST = 100;
const NARROWEST = 16;
const MARGIN = 2;
const GAP = 2;
const STEPS: Record<string, number> = {
  'menu.down': 1,
  'menu.up': -1,
  'menu.page-down': PAGE,
  'menu.page-up': -PAGE,
};

/** A list narrowed by typing, whose items do what they say: the palette, help, the copy menu. */
export const menu: Dialog<Menu> = {
  places: ({ source }) => [source, 'menu', 'dialog', 'text'],
  field: ({ field }) => field,
  typed: (overlay, field, state) => replaceTop(state, { ...overlay, field, selected: 0 }),
  act: (id, overlay, state, world) => {
    if (id === 'dialog.close') return closeTop(state);
    const items = itemsOf(overlay, state, world);
    const step = STEPS[id];
    if (step !== undefined) {
      const selected = Math.max(0, Math.min(overlay.selected + step, items.length - 1));
      return replaceTop(state, { ...overlay, selected });
    }
    const item = items[overlay.selected];
    if (id === 'menu.complete' && item?.complete) return item.complete(state);
    if (id !== 'menu.run' || !item) return state;
    return item.unable ? state : item.run(closeTop(state));
  },
  draw: (overlay, state, world, room) => {
    const items = itemsOf(overlay, state, world);
    const width = Math.min(room.width, WIDEST);
    const shares = sharesOf(items, width);
    const height = Math.max(1, Math.min(room.height - 2, overlay.picks?.from.length ?? HIGHEST));
    const top = windowTop(overlay.selected - Math.floor(height / 2), overlay.selected, items.length, height);
    const lines = items
      .slice(top, top + height)
      .map((item, index) => itemLine(item, top + index === overlay.selected, shares, room));
    const empty: Line = [span('  nothing matches', 'quiet')];
    return {
      title: overlay.picks?.title ?? MENUS[overlay.source].title,
      width,
      head: [fieldLine(overlay.field, room.look), []],
      lines: [
        ...(items.length > 0 ? lines : [empty]),
        ...Array.from({ length: Math.max(0, height - Math.max(1, lines.length)) }, () => []),
      ],
    };
  },
};

export function itemsOf(menu: Menu, state: State, world: World): readonly Item[] {
  return MENUS[menu.source].items(closeTop(state), world, menu.field.text, menu);
}

/** Cells of a menu's three columns. */
interface Shares {
  label: number;
  about: number;
  keys: number;
}

/** Names and keys take what they need, up to their share; what they are about has the rest. */
function sharesOf(items: readonly Item[], width: number): Shares {
  const longest = (text: (item: Item) => string) =>
    items.reduce((most, item) => Math.max(most, cells(text(item))), 0);
  const label = Math.min(
    Math.max(
      NARROWEST,
      longest((item) => item.label),
    ),
    Math.floor(width * 0.5),
  );
  const keys = Math.min(
    longest((item) => item.keys ?? ''),
    Math.floor(width * 0.2),
  );
  return { label, keys, about: width - MARGIN - label - GAP - GAP - keys };
}

function itemLine(
  { label, about, keys = '', unable }: Item,
  selected: boolean,
  shares: Shares,
  { look }: Room,
): Line {
  const more = look.sign('more');
  // A line without a key has its place too.
  const rest = unable === undefined && keys ? shares.about : shares.about + GAP + shares.keys;
  const line: Line = [
    span(selected ? `${look.sign('selected')} ` : '  ', 'focus'),
    span(sized(label, shares.label, more), unable === undefined ? 'strong' : 'quiet'),
    span('  '),
    span(sized(unable ?? about, rest, more), unable === undefined ? 'quiet' : 'warning'),
    ...(unable === undefined && keys
      ? [span('  '), span(clip(keys, shares.keys, more).padStart(shares.keys), 'key')]
      : []),
  ];
  return selected ? grounded(line, 'selected') : line;
}
