import type { ActivityEvent } from '#engines/activity/types.ts';
import { failureOf } from '#engines/core/errors.ts';
import type { Caller, Host } from '#engines/core/host.ts';
import type { RowDelta } from '#engines/core/rows.ts';
import type { Pane } from '#panes/pane.ts';
import { commandsOf, logged } from '../state/log.ts';
import { applyDeltas } from '../state/rows.ts';
import { paneState, type World, withPane } from '../state/world.ts';
import type { Keeper, Line } from './keeper.ts';

/** Earlier activities whose commands the log begins with. */
const EARLIER = 20;

/** Keeps every pane's rows and the command log live, over whatever host there is; to be called in a workspace. */
export function watchAll(world: World, line: Line, keeper: Keeper): void {
  line.onHost((host, gone) => {
    const caller = keeper.caller({ signal: gone });
    for (const pane of world.panes) void watchPane(pane, host, keeper, caller);
    void watchCommands(host, keeper, caller);
  });
}

/** Deltas wait for the frame in which they are shown, and are taken in together. */
async function watchPane(pane: Pane, host: Host, keeper: Keeper, caller: Caller): Promise<void> {
  let waiting: RowDelta<unknown>[] = [];
  const takeIn = () => {
    const deltas = waiting;
    waiting = [];
    keeper.change((state) => {
      const own = applyDeltas(pane, paneState(state, pane.id), deltas);
      return { ...state, panes: { ...state.panes, [pane.id]: own } };
    }, 'soon');
  };
  try {
    for await (const delta of host.follow(pane.watch.action, pane.watch.input, caller)) {
      if (waiting.length === 0) queueMicrotask(takeIn);
      waiting.push(delta as RowDelta<unknown>);
    }
  } catch (thrown) {
    if (caller.signal.aborted) return;
    const failure = failureOf(thrown);
    keeper.change((state) => withPane(state, pane.id, { failure, heard: true }), 'soon');
  }
}

/** What others run; what this screen runs is told by its own jobs, and sooner. */
async function watchCommands(host: Host, keeper: Keeper, caller: Caller): Promise<void> {
  try {
    for await (const event of host.follow('activity.follow', { tail: EARLIER }, caller)) {
      keeper.change((state) => {
        const { activity } = event as ActivityEvent;
        if (activity.actor.pid === caller.actor.pid && activity.actor.host === caller.actor.host)
          return state;
        const lines = commandsOf(event as ActivityEvent, state.now);
        return lines.length > 0
          ? { ...state, log: { ...state.log, lines: logged(state.log.lines, ...lines) } }
          : state;
      }, 'soon');
    }
  } catch {
    // The activity pane says what is wrong; a log beside it would only say it again.
  }
}
