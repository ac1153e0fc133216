import { failureOf } from '#engines/core/errors.ts';
import type { Host } from '#engines/core/host.ts';
import { actorWords } from '#panes/activity/actor.ts';
import type { Destination } from '#panes/pane.ts';
import { UNREAD } from '../dialogs/confirm.ts';
import { open } from '../dialogs/dialog.ts';
import { failureViewer } from '../dialogs/viewer.ts';
import { press } from '../dispatch/press.ts';
import type { InputEvent } from '../input/event.ts';
import { settle } from '../state/settle.ts';
import type { Effect, Scope, State } from '../state/state.ts';
import { openPanes, paneState, type World } from '../state/world.ts';
import { type Ask, askerOn } from './ask.ts';
import { cancelActivity } from './cancel.ts';
import { createCompleter } from './completion.ts';
import { createDetailLoader } from './detail.ts';
import { createJobs } from './jobs.ts';
import { callerIn, type Keeper, type Who } from './keeper.ts';
import { openLine } from './line.ts';
import { saveLogs } from './log-file.ts';
import { createLogs } from './logs.ts';
import { tellName } from './name.ts';
import { openOutside } from './outside.ts';
import { createStreams } from './streams.ts';
import { readable } from './text.ts';
import { createWatches } from './watches.ts';

/** What a session needs done by whoever has the terminal. */
export interface Hands {
  copy(text: string): void;
  /** Resolves with why it could not be shown, if it could not. */
  open(destination: Destination): Promise<string | undefined>;
  handOver(tool: 'shell' | 'editor', directory: string): void;
  redraw(): void;
  suspend(): void;
  quit(): void;
}

export interface SessionOptions {
  world: World;
  initial: State;
  who: Who;
  connect(): Promise<Host>;
  hands: Hands;
  now(): number;
  /** The state has changed: paint it at once, or with what else comes soon. */
  onChange(when: 'now' | 'soon'): void;
}

export interface Session {
  state(): State;
  /** Where the screen works is known now. */
  enter(scope: Scope): void;
  input(events: readonly InputEvent[]): void;
  change: Keeper['change'];
  refresh(): void;
  /** Resolves once every pane has its rows. */
  arrived: Promise<void>;
  /** True while something is under way that a person waits for. */
  readonly busy: boolean;
  close(): Promise<void>;
}

/** Joins keys, host and state: events go in, turns come out, effects are carried out. */
export function createSession({
  world,
  initial,
  who,
  connect,
  hands,
  now,
  onChange,
}: SessionOptions): Session {
  let state = settle(initial, world);
  let waiting = 0;
  const arrived = Promise.withResolvers<void>();
  const left = new AbortController();

  const keeper: Keeper = {
    state: () => state,
    change: (how, when) => {
      const changed = how({ ...state, now: now() });
      state = settle(changed, world);
      lookUp();
      onChange(when);
      if (!isReading()) arrived.resolve();
    },
    caller: callerIn(() => state, who),
  };
  const line = openLine(connect, keeper);
  const asker = askerOn(line, keeper);
  const ask: Ask = (call) => asker(call, left.signal);
  const jobs = createJobs(line, keeper, actorWords(who.actor).join(' '));
  const detail = createDetailLoader(world, asker, keeper);
  const watches = createWatches(world, line, keeper);
  const streams = createStreams(line, keeper);
  const logs = createLogs(line, keeper, now);
  const completer = createCompleter(world, ask, keeper);

  /** Asks for whatever the state shows and does not know. */
  function lookUp(): void {
    detail.follow();
    logs.follow();
    completer.follow();
    watches.follow();
  }

  /** Rows are still to come of some pane that can have any. */
  function isReading(): boolean {
    return openPanes(state, world).some(({ id }) => {
      const { heard, complete, failure } = paneState(state, id);
      return !failure && !(heard && complete);
    });
  }

  function enter(scope: Scope): void {
    keeper.change((before) => ({ ...before, scope }), 'now');
    if (scope.kind !== 'workspace') return;
    watches.begin();
    line.onHost(() => void tellName(ask, keeper));
  }

  function input(events: readonly InputEvent[]): void {
    state = { ...state, now: now() };
    for (const event of events) {
      const { state: next, effects } = press(state, world, event);
      state = settle(next, world);
      for (const effect of effects) carryOut(effect);
    }
    lookUp();
    onChange('now');
  }

  const carriers: { [Kind in Effect['kind']]: (effect: Extract<Effect, { kind: Kind }>) => void } = {
    invoke: ({ job, call }) => jobs.start(job, call),
    follow: ({ stream, call }) => streams.start(stream, call),
    unfollow: ({ stream }) => streams.stop(stream),
    query: (effect) => void waitFor(readable(effect, ask)),
    answer: ({ question, answer }) => jobs.answer(question, answer),
    cancel: ({ job }) => jobs.cancel(job),
    'cancel-activity': ({ id }) => void line.host().then((host) => cancelActivity(host, id, keeper)),
    copy: ({ text }) => hands.copy(text),
    open: (effect) => void waitFor(openOutside(effect, world, ask, hands.open)),
    'hand-over': ({ tool, directory }) => hands.handOver(tool, directory),
    'save-logs': (effect) =>
      void waitFor(saveLogs(effect, { line, keeper, home: world.home, signal: left.signal })),
    refresh,
    redraw: hands.redraw,
    suspend: hands.suspend,
    quit: hands.quit,
    // The dispatcher has done it.
    run: () => {},
  };

  function carryOut(effect: Effect): void {
    (carriers[effect.kind] as (effect: Effect) => void)(effect);
  }

  /** What a person waits for. */
  async function waitFor(work: Promise<(before: State) => State>): Promise<void> {
    waiting++;
    const change = await work.catch(
      (thrown) => (before: State) => open(before, failureViewer('gantry', failureOf(thrown))),
    );
    waiting--;
    keeper.change(change, 'now');
  }

  /** What is shown is read again; rows come by themselves. */
  function refresh(): void {
    detail.again();
    watches.again();
    void tellName(ask, keeper);
    const pane = world.panes.find(({ id }) => id === state.focus);
    if (pane) void ask(pane.list);
  }

  return {
    state: () => state,
    enter,
    input,
    change: keeper.change,
    arrived: arrived.promise,
    refresh,
    get busy() {
      const isUnread = state.overlays.some(
        (overlay) => overlay.kind === 'confirm' && now() - overlay.openedAt < UNREAD,
      );
      const hasWorkspace = state.scope.kind === 'workspace';
      return (
        isUnread ||
        watches.gathering ||
        streams.gathering ||
        logs.busy ||
        completer.asking ||
        jobs.running > 0 ||
        waiting > 0 ||
        detail.loading ||
        (hasWorkspace && isReading() && state.connection.kind !== 'lost')
      );
    },
    close: async () => {
      left.abort();
      detail.close();
      streams.close();
      logs.close();
      await line.close();
    },
  };
}
