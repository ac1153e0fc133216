import { type Line, lineCells, span } from '#panes/kit/line.ts';
import { extentOf } from '../dialogs/extent.ts';
import { dialogOf } from '../dialogs/index.ts';
import { centred, inside, type Rect } from '../layout/rect.ts';
import type { Overlay } from '../state/overlay.ts';
import type { State } from '../state/state.ts';
import type { World } from '../state/world.ts';
import type { Theme } from '../theme/theme.ts';
import { boxLines } from './box.ts';
import { hintLine } from './footer.ts';

export interface DrawnDialog {
  rect: Rect;
  lines: Line[];
}

/** Cells of an edge that no words may take. */
const EDGE = 7;

/** A dialog in its frame in the middle of the screen, as large as its content and never larger than the screen. */
export function dialogBox(overlay: Overlay, state: State, world: World, theme: Theme): DrawnDialog {
  const screen = { x: 0, y: 0, width: state.cols, height: state.rows - 1 };
  const {
    title,
    warns,
    head = [],
    foot = [],
    lines,
    inner,
    space,
    first,
    air,
  } = extentOf(overlay, state, world);
  const body = lines.slice(first, first + space);
  const hidden = lines.length - body.length;
  const position = hidden > 0 ? scrollHint(overlay, world, `${first + body.length}/${lines.length}`) : [];
  const content = [...air, ...head, ...body, ...foot, ...air].map((line): Line => [span('  '), ...line]);
  const rect = centred(screen, inner + 6, content.length + 2);
  return {
    rect,
    lines: boxLines({
      rect,
      signs: theme.frame(true),
      tone: warns ? 'warning' : 'focus',
      title: [span(title, warns ? 'warning' : 'focus')],
      below: [...position, ...hintLine(state, world, rect.width - EDGE - lineCells(position))],
      lines: content.slice(0, inside(rect).height),
      more: world.sign('more'),
    }),
  };
}

/** Where text is typed, letters do not scroll. */
function scrollHint(overlay: Overlay, { keymap }: World, position: string): Line {
  const set = dialogOf(overlay).places(overlay).includes('typing') ? 'plan' : 'move';
  const keys = [keymap.keyFor(`${set}.down`), keymap.keyFor(`${set}.up`)].filter(Boolean).join(' ');
  return [span(position, 'quiet'), span(` ${keys}`, 'key'), span(' scroll   ', 'quiet')];
}
