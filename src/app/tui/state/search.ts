import { textOf } from '#panes/kit/line.ts';
import { detailLines, roomIn } from './detail.ts';
import { matcher } from './filter.ts';
import type { State } from './state.ts';
import { layoutOf, type World } from './world.ts';

/** The detail scrolled to the next line that matches its search, around the end; `from` is the first line looked at. */
export function toMatch(state: State, world: World, from: number, step: 1 | -1): State {
  const place = layoutOf(state, world)?.detail;
  if (!place || state.detail.search === '') return state;
  const lines = detailLines(state, world, roomIn(place).width);
  const matches = matcher(state.detail.search);
  for (let walked = 0; walked < lines.length; walked++) {
    const at = (((from + step * walked) % lines.length) + lines.length) % lines.length;
    const line = lines[at];
    if (line && matches(textOf(line))) return { ...state, detail: { ...state.detail, top: at } };
  }
  return state;
}
