import { type Line, span } from '#panes/kit/line.ts';
import { plain } from '#panes/kit/plain.ts';
import type { Pane } from '#panes/pane.ts';
import type { PanePlace } from '../layout/layout.ts';
import { inside } from '../layout/rect.ts';
import { busyRows } from '../state/busy.ts';
import { inDialog } from '../state/places.ts';
import { chosen, type PaneState, shown } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { paneState, type World } from '../state/world.ts';
import type { Theme } from '../theme/theme.ts';
import { boxLines, foldedLine } from './box.ts';
import { listLines } from './list.ts';
import { titleOf } from './skeleton.ts';

/** A pane in its frame; folded, only its title and how much there is. */
export function paneLines(
  pane: Pane,
  { rect, folded }: PanePlace,
  state: State,
  world: World,
  theme: Theme,
): Line[] {
  const own = paneState(state, pane.id);
  const look = theme.look(state.now);
  const focused = pane.id === state.focus;
  const hasKeys = focused && !inDialog(state) && !(state.zoomed && state.detail.hasKeys);
  const frame = {
    signs: theme.frame(hasKeys),
    tone: hasKeys ? ('focus' as const) : ('frame' as const),
    title: [
      ...titleOf(pane, hasKeys),
      ...(own.only ? [span(` of ${plain(own.only.title)}`, 'match')] : []),
      ...(own.filter ? [span(` /${plain(own.filter)}`, 'match')] : []),
    ],
    badge: badgeOf(pane, own, world),
    more: look.sign('more'),
  };
  if (folded) return [foldedLine(rect.width, frame)];
  const { width, height } = inside(rect);
  const lines = listLines({ pane, own, width, height, hasKeys, look, busy: busyRows(state) });
  return boxLines({ ...frame, rect, lines, below: positionOf(pane, own, height - 1) });
}

/** How many there are, how many are marked, how many want a person. */
function badgeOf(pane: Pane, own: PaneState, world: World): Line {
  if (own.failure) return [span('stopped', 'bad')];
  if (!own.heard) return [span('reading', 'quiet')];
  const total = own.rows.size;
  const found = shown(pane, own).keys.length;
  const marked = own.marks.size > 0 || own.anchor !== undefined ? chosen(pane, own).length : 0;
  const count = found === total ? `${total}` : `${found} of ${total}`;
  const waiting = [...own.rows.values()].filter((row) => pane.needsYou(row)).length;
  return [
    ...(marked > 0 ? [span(`${world.sign('marked')} ${marked} marked`, 'mark'), span('  ')] : []),
    ...(waiting > 0
      ? [span(`${waiting} ${waiting === 1 ? 'needs' : 'need'} you`, 'warning'), span('  ')]
      : []),
    span(own.complete ? count : `${count}, reading`, 'quiet'),
  ];
}

/** Where the window is, once there is more than it shows. */
function positionOf(pane: Pane, own: PaneState, height: number): Line {
  const { keys } = shown(pane, own);
  if (keys.length <= height) return [];
  return [span(`${keys.indexOf(own.selected ?? '') + 1}/${keys.length}`, 'quiet')];
}
