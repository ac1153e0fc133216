import { dialogWidth } from '../../layout/layout.ts';
import { detailLines, roomIn, widthOf } from '../detail.ts';
import { isFollowing } from '../logs/logs.ts';
import { isCut } from '../logs/view.ts';
import { shown } from '../rows.ts';
import type { State } from '../state.ts';
import { focusedPane, layoutOf, paneState, type World } from '../world.ts';
import { whyNoJump } from './jump.ts';

type Reason = (state: State, world: World) => string | undefined;

const needsRow: Reason = (state, world) => {
  const pane = focusedPane(state, world);
  const own = paneState(state, pane.id);
  if (shown(pane, own).keys.length > 0) return undefined;
  return own.complete ? 'there is no row' : 'its rows are still being read';
};

const isNowhere: Reason = (state, world) => {
  const { id, isCalled } = focusedPane(state, world);
  const { anchor, marks, filter, only } = paneState(state, id);
  const isAtHome =
    !state.zoomed && !state.detail.hasKeys && anchor === undefined && filter === '' && only === undefined;
  const covers = state.log.shown && layoutOf(state, world)?.panes.length === 0;
  return isAtHome && !isCalled && marks.size === 0 && !covers ? 'nothing is open' : undefined;
};

const fitsWhole: Reason = (state, world) => {
  const overlay = state.overlays.at(-1);
  if (!overlay && state.logs.view) return isCut(state, world) ? undefined : 'no line in sight is longer';
  const frame = layoutOf(state, world)?.detail;
  const isLonger =
    overlay?.kind === 'viewer'
      ? overlay.left !== undefined && widthOf(overlay.lines) > dialogWidth(state.cols)
      : frame && widthOf(detailLines(state, world, roomIn(frame).width)) > roomIn(frame).width;
  return isLonger ? undefined : 'no line is longer';
};

const isFollowed: Reason = ({ logs: { view } }) =>
  view && isFollowing(view) && !view.failure ? 'the end is followed already' : undefined;

const hasNoMark: Reason = ({ logs: { marks } }) => (marks.size === 0 ? 'nothing is marked' : undefined);

const REASONS: Record<string, Reason> = {
  'zoom.out': isNowhere,
  'zoom.in': needsRow,
  'mark.toggle': needsRow,
  'mark.range': needsRow,
  'mark.all': needsRow,
  'mark.group': (state, world) =>
    needsRow(state, world) ??
    (focusedPane(state, world).group ? undefined : 'its rows stand each for itself'),
  'jump.repos': (state, world) => whyNoJump(state, world, 'repos'),
  'jump.worktrees': (state, world) => whyNoJump(state, world, 'worktrees'),
  'jump.flow': (state, world) => whyNoJump(state, world, 'flow'),
  'jump.workers': (state, world) => whyNoJump(state, world, 'workers'),
  'jump.services': (state, world) => whyNoJump(state, world, 'services'),
  'page.open': (state, world) =>
    focusedPane(state, world).opens ? needsRow(state, world) : 'nothing of it is on the web',
  'scroll.right': fitsWhole,
  'scroll.left': fitsWhole,
  'log.follow': isFollowed,
  'log.mark-next': hasNoMark,
  'log.mark-previous': hasNoMark,
  'job.cancel': ({ jobs }) => (jobs.length > 0 ? undefined : 'nothing runs'),
  'history.back': ({ trail }) => (trail.back.length > 0 ? undefined : 'you were nowhere else'),
  'history.forward': ({ trail }) => (trail.forward.length > 0 ? undefined : 'you have not gone back'),
};

/** Why a move would do nothing now; nothing where it would. */
export function whyNotMove(id: string, state: State, world: World): string | undefined {
  return REASONS[id]?.(state, world);
}
