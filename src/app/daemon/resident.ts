import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import type { Invocation, Outcome } from '#engines/core/invocation.ts';
import { daemonError } from '#engines/daemon/errors.ts';
import type { Living } from '#engines/daemon/types.ts';
import { type Edition, replaces } from '#engines/daemon/version.ts';
import { type From, PROTOCOL } from '#engines/daemon/wire.ts';
import { ownIdentity } from '#engines/store/process.ts';
import type { Askpass } from './askpass/askpass.ts';
import { type Hub, openHub } from './hub.ts';
import type { Log } from './log.ts';
import { type Run, startRun } from './run.ts';
import type { Session } from './session.ts';
import type { ServedHost } from './surroundings.ts';

/** A host that lives on its own: what connections need of it, and when it has ended. */
export interface Resident {
  readonly version: string;
  readonly build: string | undefined;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly hub: Hub;
  /** Throws `daemon-stopping`. */
  begin(invocation: Invocation, from: From, env: Context['env']): Run;
  /** The run of an activity; throws `activity-not-running`. */
  find(activity: string): Run;
  /** Throws `daemon-stopping`. */
  join(session: Session): void;
  leave(session: Session): void;
  status(): Living;
  /** Hands over to a program that replaces this one: no longer listens, finishes what it has. Throws `handover-refused`. */
  retire(program: Edition): void;
  /** Ends once what runs has ended; returns how much does. `force` cancels it. */
  stop(force: boolean): number;
  /** Milliseconds without clients and work after which it ends; until this is told, and where it is infinite, it stays. */
  endAfter(idle: number): void;
  readonly log: Log['write'];
  readonly ended: Promise<void>;
}

export interface ResidentOptions {
  host: ServedHost;
  askpass: Askpass;
  version: string;
  build?: string;
  now(): number;
  log: Log['write'];
  /** Milliseconds that a source of rows outlives its last subscriber. */
  linger?: number;
  /** Whether it keeps anything that it has to be there for, though nobody is connected. */
  isNeeded?(): boolean;
  /** Takes away what new clients come through. */
  withdraw(): void;
}

/** Milliseconds in which clients can still read what they were sent. */
const FAREWELL = 2_000;

export function openResident({
  host,
  askpass,
  version,
  build,
  now,
  log,
  linger,
  isNeeded = () => false,
  withdraw,
}: ResidentOptions): Resident {
  const startedAt = now();
  const hub = openHub(host, { linger });
  const runs = new Set<Run>();
  const sessions = new Set<Session>();
  const ended = Promise.withResolvers<void>();
  let state: Living['state'] | 'ended' = 'serving';
  let idle = Number.POSITIVE_INFINITY;
  let idleTimer: NodeJS.Timeout | undefined;

  function begin(invocation: Invocation, from: From, env: Context['env']): Run {
    if (state === 'stopping' || state === 'ended') throw stopping();
    const run = startRun({ host, invocation, caller: { ...from, env }, askpass, startedAt: now() });
    runs.add(run);
    settle();
    log('debug', `${run.action} begins for ${run.actor.name} (${run.actor.kind}, ${run.actor.surface})`);
    void run.outcome.then((outcome) => {
      log('debug', `${run.action} ends with ${summaryOf(outcome)}`);
      runs.delete(run);
      settle();
    });
    return run;
  }

  function find(activity: string): Run {
    const run = [...runs].find((one) => one.activity === activity);
    if (run) return run;
    throw daemonError('activity-not-running', `Activity ${activity} does not run in this daemon.`, {
      next: [`gantry activity show ${activity}`],
    });
  }

  function retire(program: Edition): void {
    if (!replaces(program, { version, build })) {
      throw daemonError(
        'handover-refused',
        `The daemon has version ${version}, which is not older than ${program.version}.`,
      );
    }
    if (state !== 'serving') return;
    log('info', `hands over to version ${program.version}${program.build ? `, build ${program.build}` : ''}`);
    state = 'retired';
    withdraw();
    settle();
  }

  function stop(force: boolean): number {
    if (state === 'serving' || state === 'retired') log('info', 'stops once what runs has ended');
    if (state === 'serving') withdraw();
    if (state !== 'ended') state = 'stopping';
    if (force) for (const run of runs) run.cancel();
    const running = runs.size;
    settle();
    return running;
  }

  /** Looks whether there is anything left to be here for. */
  function settle(): void {
    clearTimeout(idleTimer);
    if (state === 'ended' || runs.size > 0) return;
    if (state === 'stopping') void end('was stopped');
    else if (sessions.size > 0) return;
    else if (state === 'retired') void end('has handed over');
    else if (Number.isFinite(idle)) idleTimer = setTimeout(endUnlessNeeded, idle);
  }

  function endUnlessNeeded(): void {
    if (isNeeded()) settle();
    else void end('was idle');
  }

  async function end(why: string): Promise<void> {
    if (state === 'serving') withdraw();
    state = 'ended';
    hub.close();
    await host.close();
    await Promise.race([delay(FAREWELL), Promise.all([...sessions].map((session) => session.close()))]);
    askpass.close();
    log('info', `ended: ${why}`);
    ended.resolve();
  }

  function status(): Living {
    return {
      pid: process.pid,
      instance: ownIdentity(),
      version,
      build,
      protocol: PROTOCOL,
      state: state === 'ended' ? 'stopping' : state,
      startedAt,
      uptime: now() - startedAt,
      clients: sessions.size,
      subscriptions: sum([...sessions].map((session) => session.subscriptions)),
      watchers: hub.size,
      activities: [...runs].map(({ activity = null, action, actor, startedAt }) => ({
        activity,
        action,
        actor,
        startedAt,
      })),
      memory: process.memoryUsage.rss(),
    };
  }

  return {
    version,
    build,
    startedAt,
    hub,
    begin,
    find,
    join(session) {
      if (state !== 'serving') throw stopping();
      sessions.add(session);
      settle();
    },
    leave(session) {
      sessions.delete(session);
      settle();
    },
    status,
    endAfter(time) {
      if (time === idle) return;
      idle = time;
      settle();
    },
    retire,
    stop,
    log,
    ended: ended.promise,
  };
}

function stopping(): GantryError {
  return daemonError('daemon-stopping', 'The daemon is about to end.', { next: ['gantry daemon start'] });
}

function summaryOf(outcome: Outcome): string {
  const failure = 'failure' in outcome ? outcome.failure : undefined;
  return failure ? `${outcome.kind} ${failure.code}: ${failure.message}` : outcome.kind;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
