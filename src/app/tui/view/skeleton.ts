import { type Line, span } from '#panes/kit/line.ts';
import { plain } from '#panes/kit/plain.ts';
import type { Pane } from '#panes/pane.ts';
import { layOut } from '../layout/layout.ts';
import type { Theme } from '../theme/theme.ts';
import { boxLines, foldedLine } from './box.ts';
import { createCanvas } from './canvas.ts';
import { tidyPath } from './path.ts';

type Titled = Pick<Pane, 'id' | 'number' | 'title' | 'weight' | 'yields'>;

export interface Skeleton {
  cols: number;
  rows: number;
  panes: readonly Titled[];
  directory: string;
  home: string;
}

/** The frames of the screen, to be seen before there is anything to put into them. It needs next to nothing loaded. */
export function drawSkeleton(
  { cols, rows, panes, directory, home }: Skeleton,
  theme: Theme,
): readonly Line[] {
  const more = theme.look(0).sign('more');
  const canvas = createCanvas(cols, rows, more);
  const focus = panes[0]?.id ?? '';
  const layout = layOut({ cols, rows, panes, focus, zoomed: false, inDetail: false, log: false });
  if (!layout) return canvas.lines;
  canvas.put(layout.header, [
    [span(' gantry', 'focus'), span('  '), span(plain(tidyPath(directory, home, more)), 'quiet')],
  ]);
  for (const { id, rect, folded } of layout.panes) {
    const pane = panes.find((one) => one.id === id);
    const frame = {
      signs: theme.frame(id === focus),
      tone: id === focus ? ('focus' as const) : ('frame' as const),
      title: pane ? titleOf(pane, id === focus) : [],
      badge: [span('reading', 'quiet')],
      more,
    };
    canvas.put(rect, folded ? [foldedLine(rect.width, frame)] : boxLines({ ...frame, rect, lines: [] }));
  }
  return canvas.lines;
}

/** A pane's title in its frame: the key that focuses it, and its name. */
export function titleOf({ number, title }: Pick<Pane, 'number' | 'title'>, hasKeys: boolean): Line {
  return [span(number === undefined ? '' : `${number} `, 'quiet'), span(title, hasKeys ? 'focus' : 'strong')];
}
