import { type Line, lineCells } from '#panes/kit/line.ts';
import type { Look } from '#panes/kit/look.ts';
import { STATUS_LINE } from '../layout/breakpoints.ts';
import { dialogWidth } from '../layout/layout.ts';
import type { Overlay } from '../state/overlay.ts';
import type { State } from '../state/state.ts';
import type { World } from '../state/world.ts';
import type { Drawn } from './dialog.ts';
import { dialogOf } from './index.ts';

/** A dialog's content, and how much of it is seen. */
export interface Extent extends Drawn {
  /** Cells inside its frame. */
  inner: number;
  /** Lines between head and foot. */
  space: number;
  /** First shown line, none of which is past the end. */
  first: number;
  /** Empty lines above and below: a dialog breathes where there is room for it. */
  air: readonly Line[];
}

/** A dialog as large as its content, and never larger than the screen. */
export function extentOf(overlay: Overlay, state: State, world: World): Extent {
  const look: Look = { sign: world.sign, now: state.now };
  const air: Line[] = state.rows >= STATUS_LINE ? [[]] : [];
  const width = dialogWidth(state.cols);
  const height = state.rows - 3 - (air.length > 0 ? 4 : 0);
  const drawn = dialogOf(overlay).draw(overlay, state, world, { width, height, look });
  const { head = [], foot = [], lines, top = 0 } = drawn;
  const space = Math.max(1, height - head.length - foot.length);
  return {
    ...drawn,
    inner: Math.min(width, Math.max(drawn.width, ...[...head, ...foot].map(lineCells))),
    space,
    first: Math.max(0, Math.min(top, lines.length - space)),
    air,
  };
}
