import { type Line, lineCells, span } from '#panes/kit/line.ts';
import { dialogOf } from '../dialogs/index.ts';
import { COLUMN, STATUS_LINE } from '../layout/breakpoints.ts';
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

/** A dialog in its frame in the middle of the screen, as large as its content and never larger than the screen. */
export function dialogBox(overlay: Overlay, state: State, world: World, theme: Theme): DrawnDialog {
  const screen = { x: 0, y: 0, width: state.cols, height: state.rows - 1 };
  const look = theme.look(state.now);
  // A dialog breathes where there is room for it.
  const air: Line[] = state.rows >= STATUS_LINE ? [[]] : [];
  const widest = screen.width >= COLUMN ? screen.width - 6 : screen.width;
  const room = {
    width: widest - 6,
    height: screen.height - 2 - 2 * air.length - (air.length > 0 ? 2 : 0),
    look,
  };
  const {
    title,
    width,
    head = [],
    lines,
    foot = [],
    top = 0,
    warns,
  } = dialogOf(overlay).draw(overlay, state, world, room);
  const inner = Math.min(room.width, Math.max(width, ...[...head, ...foot].map(lineCells)));
  const space = Math.max(1, room.height - head.length - foot.length);
  const first = Math.max(0, Math.min(top, lines.length - space));
  const body = lines.slice(first, first + space);
  const hidden = lines.length - body.length;
  const content = [...air, ...head, ...body, ...foot, ...air].map((line): Line => [span('  '), ...line]);
  const rect = centred(screen, inner + 6, content.length + 2);
  return {
    rect,
    lines: boxLines({
      rect,
      signs: theme.frame(true),
      tone: warns ? 'warning' : 'focus',
      title: [span(title, warns ? 'warning' : 'focus')],
      below: [
        ...(hidden > 0 ? scrollHint(world, `${first + body.length}/${lines.length}`) : []),
        ...hintLine(state, world, inner - 10),
      ],
      lines: content.slice(0, inside(rect).height),
      more: look.sign('more'),
    }),
  };
}

function scrollHint({ keymap }: World, position: string): Line {
  const keys = [keymap.keyFor('move.down'), keymap.keyFor('move.up')].filter(Boolean).join(' ');
  return [span(position, 'quiet'), span(` ${keys}`, 'key'), span(' scroll   ', 'quiet')];
}
