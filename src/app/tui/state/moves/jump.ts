import type { Links } from '#panes/pane.ts';
import { saying } from '../../dispatch/call.ts';
import { hasAll, inCommon, shown } from '../rows.ts';
import { type State, turn } from '../state.ts';
import { focusedPane, paneState, type World, withPane } from '../world.ts';
import type { Move, Moves } from './move.ts';
import { spotOf, visited } from './trail.ts';

/** From the selected row to what another pane has about it; the keymap gives each pane that can be reached its key. */
export const JUMP: Moves = {
  'jump.repos': to('repos'),
  'jump.worktrees': to('worktrees'),
  'jump.flow': to('flow'),
  'jump.workers': to('workers'),
  'jump.services': to('services'),
};

function to(id: string): Move {
  return (state, world) => {
    const reason = whyNoJump(state, world, id);
    if (reason !== undefined) return turn(saying(state, reason));
    const there = wayTo(state, world, id);
    return there ? jump(state, world, there) : state;
  };
}

interface Way {
  pane: World['panes'][number];
  by: Links;
  /** All that the selected row could have in common with another. */
  links: Links;
}

function wayTo(state: State, world: World, id: string): Way | undefined {
  const here = focusedPane(state, world);
  const { rows, selected } = paneState(state, here.id);
  const row = selected === undefined ? undefined : rows.get(selected);
  const pane = world.panes.find((one) => one.id === id);
  const by = row === undefined ? undefined : here.jumps?.find((one) => one.to === id)?.by(row);
  return pane && by && row !== undefined ? { pane, by, links: here.links?.(row) ?? {} } : undefined;
}

/** The other pane has only what the row is about, and the row that has most in common with it is selected. */
function jump(state: State, world: World, { pane, by, links }: Way): State {
  const own = paneState(state, pane.id);
  const only = { by, title: Object.values(by).join(' '), from: spotOf(state, world) };
  const narrowed = { ...own, only, filter: '', marks: new Set<string>(), anchor: undefined, top: 0 };
  const { keys, rows } = shown(pane, narrowed);
  const common = rows.map((row) => inCommon(pane, row, links));
  const selected = keys[common.indexOf(Math.max(...common))];
  return {
    ...withPane(visited(state, world), pane.id, { ...narrowed, selected, wish: undefined }),
    focus: pane.id,
    detail: { ...state.detail, hasKeys: false, top: 0, left: 0, search: '' },
  };
}

/** Why there is nothing to jump to; nothing where there is. */
export function whyNoJump(state: State, world: World, id: string): string | undefined {
  const way = wayTo(state, world, id);
  if (!way) return 'nothing there is about it';
  const { rows, complete } = paneState(state, way.pane.id);
  if ([...rows.values()].some((row) => hasAll(way.pane, row, way.by))) return undefined;
  return complete ? `${way.pane.title}: nothing there is about it` : 'its rows are still being read';
}
