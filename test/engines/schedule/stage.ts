import * as z from 'zod/mini';
import { ACTIONS } from '#app/registry/actions.ts';
import { findAction } from '#app/registry/find.ts';
import { begin, end, keepPlan } from '#engines/activity/journal.ts';
import type { Invocation, Outcome } from '#engines/core/invocation.ts';
import type { Plan } from '#engines/core/plan.ts';
import type { Receipt } from '#engines/core/receipt.ts';
import { openConductor } from '#engines/job/conduct.ts';
import { changeRun, endedRuns, openRuns, type Run } from '#engines/job/runs.ts';
import { writeSpec, writeStatus } from '#engines/process/records.ts';
import { specSchema } from '#engines/process/spec.ts';
import { NEVER_RUN, type Status } from '#engines/process/status.ts';
import { type Clock, openClock } from '#engines/schedule/clock/clock.ts';
import type { Definition } from '#engines/schedule/definition.ts';
import { schedules } from '#engines/schedule/records.ts';
import { type Store, store } from '#engines/store/store.ts';
import { type TestContext, testContext } from '../../rig/context.ts';
import type { World } from '../../rig/home.ts';

/** A daemon that is no longer there. */
export const DEAD = '1@1';

const TICK = { kind: 'schedule', name: 'tick' } as const;

export const DAEMON = { kind: 'schedule', name: 'tick', surface: 'daemon', host: 'test', pid: 1 } as const;

/** A call that a clock has fired; the test says how it comes out. */
export type Fired = {
  invocation: Invocation;
  started(activity: string): void;
  ends(outcome: Partial<Receipt> | Outcome): Promise<void>;
  cancelled: boolean;
};

/** A clock whose time and calls are the test's, over a database as it is. */
export type Stage = {
  context: TestContext;
  opened: Store;
  fired: Fired[];
  stopped: string[];
  told: string[];
  /** Sets the time and looks at the clock; returns the milliseconds until it wants to look again. */
  at(time: string | number): number | undefined;
  add(given?: Partial<Definition>): void;
  /** The moments of the runs that were begun, as `12:01:00`. */
  moments(): (string | null)[];
  open(): Run[];
  ended(): Run[];
  passed(): string | undefined;
  isNeeded(): boolean;
  /** Another daemon takes the place of this one, which was killed. */
  next(): Stage;
};

export const openStage = (world: World, boot = 'first boot'): Stage => {
  let now = 0;
  const context = testContext(world, {
    now: () => now,
    workspace: world.path('work'),
    registry: { ...testContext(world).registry, cards: ACTIONS, find: findAction },
  });
  return stageOver(context, { boot, now: () => now, set: (time) => (now = time) });
};

type Time = { boot: string; now(): number; set(time: number): void };

const stageOver = (context: TestContext, time: Time): Stage => {
  const opened = context.use(store);
  const fired: Fired[] = [];
  const stopped: string[] = [];
  const told: string[] = [];
  const tell = (_: string, text: string) => void told.push(text);
  const conductor = openConductor({
    context,
    fire: (invocation, _, started) => {
      const { promise, resolve } = Promise.withResolvers<Outcome>();
      const call: Fired = {
        invocation,
        started,
        cancelled: false,
        ends: async (given) => {
          resolve('kind' in given ? given : { kind: 'receipt', receipt: receiptOf(given) });
          await promise;
        },
      };
      fired.push(call);
      return { outcome: promise, cancel: () => Object.assign(call, { cancelled: true }) };
    },
    stop: async (process) => void stopped.push(process),
    isPaused: ({ name }) => schedules.find(opened, name)?.paused ?? false,
    tell,
  });
  const clock: Clock = openClock({ context, conductor, boot: time.boot, tell });
  const stage: Stage = {
    context,
    opened,
    fired,
    stopped,
    told,
    at: (at) => {
      time.set(typeof at === 'number' ? at : momentOf(at));
      return clock.look();
    },
    add: (given) => {
      const definition = definitionOf(given);
      const progress = { decided: [], boot: time.boot, passed: null };
      schedules.write(opened, { definition, paused: false, progress });
    },
    moments: () =>
      [...endedRuns(opened, TICK, 1_000).toReversed(), ...openRuns(opened)]
        .filter(({ startedAt }) => startedAt !== null)
        .toSorted((a, b) => a.id - b.id)
        .map(({ moment }) => (moment === null ? null : new Date(moment).toISOString().slice(11, 19))),
    open: () => openRuns(opened),
    ended: () => endedRuns(opened, TICK, 1_000),
    passed: () => schedules.find(opened, 'tick')?.progress.passed?.why,
    isNeeded: clock.isNeeded,
    next: () => {
      for (const { id, state } of openRuns(opened))
        if (state === 'begun') changeRun(opened, id, { daemon: DEAD });
      return stageOver(context, time);
    },
  };
  return stage;
};

export const momentOf = (time: string): number =>
  Date.parse(time.includes('T') ? time : `2026-06-01T${time}Z`);

export const definitionOf = (given: Partial<Definition> = {}): Definition => ({
  name: 'tick',
  cron: '* * * * *',
  zone: 'UTC',
  overlap: 'skip',
  catchUp: 'one',
  call: { kind: 'action', action: 'repo.fetch', input: {} },
  workspace: null,
  cwd: '/',
  env: {},
  ...given,
});

const receiptOf = (given: Partial<Receipt>): Receipt => ({
  activity: '1',
  action: 'repo.fetch',
  plan: 'hash',
  status: 'done',
  steps: [],
  ...given,
});

/** What a daemon has in the journal once it has begun to apply a call. */
export const beginActivity = (
  { opened, context }: Stage,
  { action, input }: Invocation,
  process: string,
): string => {
  const plan = {
    action,
    input,
    steps: [],
    refused: [],
    settled: [],
    hash: `hash of ${action}`,
  } as unknown as Plan;
  keepPlan(opened, plan, 'tick', context.now());
  return begin(opened, { plan, actor: DAEMON, process, at: context.now() });
};

export const endActivity = ({ opened, context }: Stage, activity: string, status: 'done' | 'failed'): void =>
  end(opened, activity, { status, at: context.now() });

/** What the supervisor has on record of the process of a command. */
export const putProcess = ({ opened, context }: Stage, name: string, status: Partial<Status>): void => {
  const spec = z.parse(specSchema, {
    ...{ name, kind: 'command', owner: name, workspace: null, argv: ['true'], cwd: '/' },
  });
  writeSpec(opened, spec, 'running', context.now());
  writeStatus(opened, name, { ...NEVER_RUN, ...status }, context.now());
};
