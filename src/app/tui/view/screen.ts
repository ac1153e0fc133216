import { type Line, span } from '#panes/kit/line.ts';
import { SMALLEST } from '../layout/breakpoints.ts';
import { inDialog } from '../state/places.ts';
import type { State } from '../state/state.ts';
import { layoutOf, type World } from '../state/world.ts';
import type { Theme } from '../theme/theme.ts';
import { type Canvas, createCanvas } from './canvas.ts';
import { detailBox } from './detail.ts';
import { dialogBox } from './dialog.ts';
import { footerLine } from './footer.ts';
import { headerLine } from './header.ts';
import { logBox } from './log.ts';
import { paneLines } from './pane.ts';
import { statusLine, summaryLine } from './status.ts';
import { welcomeLines } from './welcome.ts';

/** The whole screen: as many lines as it has rows, each as wide as it is. */
export function drawScreen(state: State, world: World, theme: Theme): readonly Line[] {
  const canvas = createCanvas(state.cols, state.rows, theme.look(state.now).sign('more'));
  const layout = layoutOf(state, world);
  if (!layout) {
    canvas.put({ x: 0, y: 0, width: state.cols, height: 1 }, [tooSmall(state)]);
    return canvas.lines;
  }
  canvas.put(layout.header, [headerLine(state, world, layout)]);
  if (state.scope.kind === 'none') drawWelcome(canvas, state, world);
  else {
    for (const place of layout.panes) {
      const pane = world.panes.find(({ id }) => id === place.id);
      if (pane) canvas.put(place.rect, paneLines(pane, place, state, world, theme));
    }
    if (layout.detail) canvas.put(layout.detail, detailBox(layout.detail, state, world, theme));
    if (layout.log) canvas.put(layout.log, logBox(layout.log, state, theme));
  }
  drawFoot(canvas, state, world);
  for (const overlay of state.overlays) {
    if (overlay.kind === 'filter') continue;
    const { rect, lines } = dialogBox(overlay, state, world, theme);
    canvas.put(rect, lines);
  }
  return canvas.lines;
}

function drawWelcome(canvas: Canvas, state: State, world: World): void {
  canvas.put({ x: 0, y: 1, width: state.cols, height: state.rows - 3 }, welcomeLines(state, world));
}

/** Without a line of its own a message takes the place of the keys, as long as there is one. */
function drawFoot(canvas: Canvas, state: State, world: World): void {
  const layout = layoutOf(state, world);
  if (!layout) return;
  const told = statusLine(state, world);
  const keys = inDialog(state) ? [] : footerLine(state, world, layout.footer.width);
  if (layout.status) canvas.put(layout.status, [told ?? summaryLine(state, world)]);
  canvas.put(layout.footer, [layout.status ? keys : (told ?? keys)]);
}

function tooSmall({ cols, rows }: State): Line {
  return [span(`${cols}x${rows} is too small, ${SMALLEST.cols}x${SMALLEST.rows} is enough`, 'warning')];
}
