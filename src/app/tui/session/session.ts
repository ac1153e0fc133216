import { failureOf } from '#engines/core/errors.ts';
import type { Host } from '#engines/core/host.ts';
import { actorWords } from '#panes/activity/actor.ts';
import { UNREAD } from '../dialogs/confirm.ts';
import { open } from '../dialogs/dialog.ts';
import { failureViewer } from '../dialogs/viewer.ts';
import { press } from '../dispatch/press.ts';
import type { InputEvent } from '../input/event.ts';
import { settle } from '../state/settle.ts';
import type { Effect, Scope, State } from '../state/state.ts';
import { paneState, type World } from '../state/world.ts';
import { dataViewer } from '../view/data.ts';
import { cancelActivity } from './cancel.ts';
import { createDetailLoader } from './detail.ts';
import { createJobs } from './jobs.ts';
import { callerIn, type Keeper, type Who } from './keeper.ts';
import { openLine } from './line.ts';
import { createWatches } from './watches.ts';

/** What a session needs done by whoever has the terminal. */
export interface Hands {
  copy(text: string): void;
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
  let queries = 0;
  const arrived = Promise.withResolvers<void>();
  const left = new AbortController();

  const keeper: Keeper = {
    state: () => state,
    change: (how, when) => {
      const changed = how({ ...state, now: now() });
      state = settle(changed, world);
      detail.follow();
      onChange(when);
      if (!isReading()) arrived.resolve();
    },
    caller: callerIn(() => state, who),
  };
  const line = openLine(connect, keeper);
  const jobs = createJobs(line, keeper, actorWords(who.actor).join(' '));
  const detail = createDetailLoader(world, line, keeper);
  const watches = createWatches(world, line, keeper);

  /** Rows are still to come of some pane that can have any. */
  function isReading(): boolean {
    return world.panes.some(({ id }) => {
      const { heard, complete, failure } = paneState(state, id);
      return !failure && !(heard && complete);
    });
  }

  function enter(scope: Scope): void {
    keeper.change((before) => ({ ...before, scope }), 'now');
    if (scope.kind === 'workspace') watches.begin();
  }

  function input(events: readonly InputEvent[]): void {
    state = { ...state, now: now() };
    for (const event of events) {
      const { state: next, effects } = press(state, world, event);
      state = settle(next, world);
      for (const effect of effects) carryOut(effect);
    }
    detail.follow();
    onChange('now');
  }

  const carriers: { [Kind in Effect['kind']]: (effect: Extract<Effect, { kind: Kind }>) => void } = {
    invoke: ({ job, call }) => jobs.start(job, call),
    query: show,
    answer: ({ question, answer }) => jobs.answer(question, answer),
    cancel: ({ job }) => jobs.cancel(job),
    'cancel-activity': ({ id }) => void line.host().then((host) => cancelActivity(host, id, keeper)),
    copy: ({ text }) => hands.copy(text),
    'hand-over': ({ tool, directory }) => hands.handOver(tool, directory),
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

  /** A query from the palette: its answer is something to read. */
  async function show({ call, title }: Extract<Effect, { kind: 'query' }>): Promise<void> {
    queries++;
    const caller = keeper.caller({ signal: left.signal });
    try {
      const outcome = await line
        .host()
        .then((host) => host.invoke({ action: call.action, input: call.input }, caller));
      const viewer =
        outcome.kind === 'data'
          ? dataViewer(title, outcome.data)
          : failureViewer(
              title,
              outcome.kind === 'failure' ? outcome.failure : failureOf(new Error('It gave no data.')),
            );
      keeper.change((before) => open(before, viewer), 'now');
    } catch (thrown) {
      keeper.change((before) => open(before, failureViewer(title, failureOf(thrown))), 'now');
    } finally {
      queries--;
      onChange('now');
    }
  }

  /** What is shown is read again; rows come by themselves. */
  function refresh(): void {
    detail.again();
    watches.again();
    const pane = world.panes.find(({ id }) => id === state.focus);
    if (pane) void line.host().then((host) => host.invoke(pane.list, keeper.caller({ signal: left.signal })));
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
        jobs.running > 0 ||
        queries > 0 ||
        detail.loading ||
        (hasWorkspace && isReading() && state.connection.kind !== 'lost')
      );
    },
    close: async () => {
      left.abort();
      detail.close();
      await line.close();
    },
  };
}
