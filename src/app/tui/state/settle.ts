import { windowTop } from '#panes/kit/window.ts';
import { inside } from '../layout/rect.ts';
import { detailLines, roomIn, widthOf } from './detail.ts';
import { withinLogs, withLogs } from './logs/view.ts';
import { shown } from './rows.ts';
import type { State } from './state.ts';
import { layoutOf, paneState, type World, withPane } from './world.ts';

/** Brings the windows of lists and detail to where their selection is and their content ends. Once per frame. */
export function settle(before: State, world: World): State {
  const state = withLogs(before, world);
  const layout = layoutOf(state, world);
  if (!layout) return state;
  let settled = chosenInFocus(state);
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
  return layout.detail ? withinDetail(settled, world, roomIn(layout.detail)) : settled;
}

/** Neither below its last line nor to the right of its longest. */
function withinDetail(
  state: State,
  world: World,
  { width, height }: { width: number; height: number },
): State {
  const { top, left, search, answer } = state.detail;
  if (state.logs.view) return withinLogs(state, world);
  if ((top === 0 && left === 0) || answer?.status === 'loading') return state;
  const lines = detailLines(state, world, width);
  // A line that was searched for stands first, even near the end.
  const lowest = Math.max(0, lines.length - (search ? 1 : height));
  const furthest = Math.max(0, widthOf(lines) - width);
  if (top <= lowest && left <= furthest) return state;
  return {
    ...state,
    detail: { ...state.detail, top: Math.min(top, lowest), left: Math.min(left, furthest) },
  };
}

/** Once all rows are there, a list that a person looks at keeps its selection; any other stays at its first row. */
function chosenInFocus(state: State): State {
  const { complete, wish } = paneState(state, state.focus);
  return complete && wish !== undefined ? withPane(state, state.focus, { wish: undefined }) : state;
}
