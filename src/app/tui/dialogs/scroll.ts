import { widthOf } from '../state/detail.ts';
import { pageOf, SIDEWAYS, STEPS } from '../state/moves/scroll.ts';
import type { Overlay } from '../state/overlay.ts';
import type { State } from '../state/state.ts';
import type { World } from '../state/world.ts';
import { replaceTop } from './dialog.ts';
import { extentOf } from './extent.ts';

/** Lines of a frame, which a dialog's space is without. */
const FRAME = 2;

/** The state with an open dialog scrolled; nothing where the id is no such move or the dialog has nothing to scroll. */
export function scrolled(id: string, overlay: Overlay, state: State, world: World): State | undefined {
  const sideways = SIDEWAYS[id];
  if (sideways && overlay.kind === 'viewer' && overlay.left !== undefined) {
    const { inner } = extentOf(overlay, state, world);
    const furthest = Math.max(0, widthOf(overlay.lines) - inner);
    const left = Math.max(0, Math.min(overlay.left + sideways * Math.floor(inner / 2), furthest));
    return replaceTop(state, { ...overlay, left });
  }
  const step = STEPS[id.replace(/^plan\./, 'move.')];
  if (!step || !('top' in overlay)) return undefined;
  const { first, space, lines } = extentOf(overlay, state, world);
  const last = Math.max(0, lines.length - space);
  const top = Math.max(0, Math.min(first + step(pageOf(space + FRAME)), last));
  const isAtEnd = overlay.kind === 'viewer' && overlay.stream && top === last;
  return replaceTop(state, { ...overlay, top: isAtEnd ? Number.POSITIVE_INFINITY : top });
}
