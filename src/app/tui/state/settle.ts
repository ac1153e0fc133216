import { windowTop } from '#panes/kit/window.ts';
import { inside } from '../layout/rect.ts';
import { detailLines } from './detail.ts';
import { shown } from './rows.ts';
import type { State } from './state.ts';
import { layoutOf, paneState, type World, withPane } from './world.ts';

/** Brings the windows of lists and detail to where their selection is and their content ends. Once per frame. */
export function settle(state: State, world: World): State {
  const layout = layoutOf(state, world);
  if (!layout) return state;
  let settled = state;
  for (const { id, rect, folded } of layout.panes) {
    const pane = world.panes.find((one) => one.id === id);
    if (!pane || folded) continue;
    const own = paneState(settled, id);
    const { keys } = shown(pane, own);
    const top = windowTop(
      own.top,
      Math.max(0, keys.indexOf(own.selected ?? '')),
      keys.length,
      inside(rect).height - 1,
    );
    if (top !== own.top) settled = withPane(settled, id, { top });
  }
  if (!layout.detail || settled.detail.top === 0 || settled.detail.answer?.status === 'loading')
    return settled;
  const { width, height } = inside(layout.detail);
  const count = detailLines(settled, world, width - 2).length;
  // A line that was searched for stands first, even near the end.
  const last = Math.max(0, count - (settled.detail.search ? 1 : height - 2));
  return settled.detail.top > last ? { ...settled, detail: { ...settled.detail, top: last } } : settled;
}
