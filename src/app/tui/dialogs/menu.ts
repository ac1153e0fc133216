import { clip, sized } from '#panes/kit/cells.ts';
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
    const width = Math.min(room.width, 84);
    const height = Math.max(1, Math.min(room.height - 2, 18));
    const top = windowTop(overlay.selected - Math.floor(height / 2), overlay.selected, items.length, height);
    const lines = items
      .slice(top, top + height)
      .map((item, index) => itemLine(item, top + index === overlay.selected, width, room));
    const empty: Line = [span('  nothing matches', 'quiet')];
    return {
      title: MENUS[overlay.source].title,
      width,
      head: [fieldLine(overlay.field, room.look), []],
      lines: [
        ...(items.length > 0 ? lines : [empty]),
        ...Array.from({ length: Math.max(0, height - Math.max(1, lines.length)) }, () => []),
      ],
    };
  },
};

export function itemsOf({ source, field }: Menu, state: State, world: World): readonly Item[] {
  return MENUS[source].items(closeTop(state), world, field.text);
}

function itemLine(
  { label, about, keys = '', unable }: Item,
  selected: boolean,
  width: number,
  { look }: Room,
): Line {
  const more = look.sign('more');
  const left = Math.min(34, Math.floor(width * 0.42));
  const keysWidth = Math.min(18, Math.floor(width * 0.2));
  const right = unable === undefined ? width - left - keysWidth - 3 : width - left - 4;
  const line: Line = [
    span(selected ? `${look.sign('selected')} ` : '  ', 'focus'),
    span(sized(label, left, more), unable === undefined ? 'strong' : 'quiet'),
    span(sized(unable ?? about, right, more), unable === undefined ? 'quiet' : 'warning'),
    ...(unable === undefined
      ? [span(clip(keys, keysWidth, more).padStart(keysWidth + 1), 'key')]
      : [span('  ')]),
  ];
  return selected ? grounded(line, 'selected') : line;
}
