import type { ActivityEvent } from '#engines/activity/types.ts';
import { failureOf } from '#engines/core/errors.ts';
import type { Caller, Host } from '#engines/core/host.ts';
import type { RowDelta } from '#engines/core/rows.ts';
import type { Pane } from '#panes/pane.ts';
import { commandsOf, logged } from '../state/log.ts';
import { applyDeltas, dropUnseen } from '../state/rows.ts';
import { focusedPane, openPanes, paneState, type World, withPane } from '../state/world.ts';
import type { Keeper, Line } from './keeper.ts';

/** Earlier activities whose commands the log begins with. */
const EARLIER = 20;
/** Milliseconds in which deltas are gathered and taken in together. */
const GATHER = 20;

export interface Watches {
  /** Keeps every pane's rows and the command log live, over whatever host there is; to be called in a workspace. */
  begin(): void;
  /** Keeps a pane that was called live, from when it is there. */
  follow(): void;
  /** Tries again where a pane's stream has ended. */
  again(): void;
  /** Rows have come that are not shown yet. */
  readonly gathering: boolean;
}

export function createWatches(world: World, line: Line, keeper: Keeper): Watches {
  let current: { host: Host; caller: Caller } | undefined;
  /** The pane that was called, and the end of its watch. */
  let called: { pane: Pane; left: AbortController } | undefined;
  const gathering = new Set<Pane>();

  function watch(pane: Pane): void {
    if (!current) return;
    const { host, caller } = current;
    if (!pane.isCalled) return void watchPane({ pane, host, keeper, caller, gathering });
    const left = new AbortController();
    called = { pane, left };
    const signal = AbortSignal.any([caller.signal, left.signal]);
    void watchPane({ pane, host, keeper, caller: { ...caller, signal }, gathering });
  }

  return {
    begin: () =>
      line.onHost((host, gone) => {
        const caller = keeper.caller({ signal: gone });
        current = { host, caller };
        for (const pane of openPanes(keeper.state(), world)) watch(pane);
        void watchCommands(host, keeper, caller);
      }),
    follow: () => {
      const pane = focusedPane(keeper.state(), world);
      if (called && called.pane !== pane) {
        called.left.abort();
        called = undefined;
      }
      if (pane.isCalled && !called) watch(pane);
    },
    again: () => {
      for (const pane of openPanes(keeper.state(), world)) {
        if (!current || !paneState(keeper.state(), pane.id).failure) continue;
        keeper.change((state) => withPane(state, pane.id, { failure: undefined, heard: false }), 'soon');
        watch(pane);
      }
    },
    get gathering() {
      return gathering.size > 0;
    },
  };
}

interface Watch {
  pane: Pane;
  host: Host;
  keeper: Keeper;
  caller: Caller;
  gathering: Set<Pane>;
}

/** A stream begins with all there is: what was known before and does not come again is gone. */
async function watchPane({ pane, host, keeper, caller, gathering }: Watch): Promise<void> {
  let waiting: RowDelta<unknown>[] = [];
  let seen: Set<string> | undefined = new Set();

  function takeIn(): void {
    const deltas = waiting;
    waiting = [];
    gathering.delete(pane);
    for (const { set } of deltas) for (const row of set) seen?.add(pane.key(row));
    const isComplete = deltas.some(({ complete }) => complete);
    keeper.change((state) => {
      const before = paneState(state, pane.id);
      const own = applyDeltas(
        pane,
        isComplete && seen ? dropUnseen(before, seen) : before,
        deltas,
        state.now,
      );
      return { ...state, panes: { ...state.panes, [pane.id]: own } };
    }, 'soon');
    if (isComplete) seen = undefined;
  }

  try {
    for await (const delta of host.follow(pane.watch.action, pane.watch.input, caller)) {
      if (waiting.length === 0) setTimeout(takeIn, seen ? 0 : GATHER);
      gathering.add(pane);
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
  const { actor } = caller;
  try {
    for await (const event of host.follow('activity.follow', { tail: EARLIER }, caller)) {
      const { activity } = event as ActivityEvent;
      if (activity.actor.pid === actor.pid && activity.actor.host === actor.host) continue;
      keeper.change((state) => {
        const lines = logged(state.log.lines, commandsOf(event as ActivityEvent, state.now));
        return lines === state.log.lines ? state : { ...state, log: { ...state.log, lines } };
      }, 'soon');
    }
  } catch {
    // The activity pane says what is wrong; a log beside it would only say it again.
  }
}
