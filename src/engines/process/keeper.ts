import { randomUUID } from 'node:crypto';
import type { Context } from '#engines/core/context.ts';
import { failureOf } from '#engines/core/errors.ts';
import { isAlive, type ProcessIdentity } from '#engines/store/process.ts';
import { type Callback, openCallback, resumeCallback, withCallback } from './callback.ts';
import type { Ends } from './ends.ts';
import { type Health, openHealth } from './health.ts';
import { type Launched, launch } from './launch.ts';
import type { Output } from './output.ts';
import { openScan } from './probe/scan.ts';
import { afterEnd } from './restart.ts';
import { openRunning, type Running } from './running.ts';
import type { ProcessSpec } from './spec.ts';
import { type Exit, isAtRest, type Status } from './status.ts';
import type { Survivors } from './survivors.ts';

/** Looks after one process: starts it, asks how it is, ends it, and starts it again as its specification says. */
export interface Keeper {
  readonly spec: ProcessSpec;
  readonly status: Status;
  /** Resolves once it runs, or waits for others; why it could not be started is in its status. */
  start(spec: ProcessSpec): Promise<void>;
  /** Resolves when nothing of it is left. */
  stop(): Promise<void>;
  /** Resolves once it runs again. */
  restart(): Promise<void>;
  /** False where nothing of it runs. */
  signal(signal: NodeJS.Signals): boolean;
  /** Takes up what another daemon left. */
  adopt(): Promise<void>;
  /** Something that it waits for may have become ready. */
  look(): void;
  /** Looks after it no longer; what runs goes on. */
  leave(): void;
}

export interface Surroundings {
  now(): number;
  ends: Ends;
  survivors: Survivors;
  environment(spec: ProcessSpec, run: string): Promise<Context['env']>;
  output: Output;
  /** Which of these are not ready. */
  unready(names: readonly string[]): string[];
  keep(status: Status): void;
}

/** A new run has nothing of the one before. */
const BEGINNING = {
  phase: 'starting',
  identity: null,
  readyAt: null,
  endedAt: null,
  exit: null,
  againAt: null,
  why: null,
  probed: null,
} as const;

export function openKeeper(given: ProcessSpec, known: Status, world: Surroundings): Keeper {
  let spec = given;
  let status = known;
  let running: Running | undefined;
  let health: Health | undefined;
  let callback: Callback | undefined;
  let again: NodeJS.Timeout | undefined;
  /** Why the present run is ended by us, where nobody asked for that. */
  let blame: string | undefined;

  function become(change: Partial<Status>): void {
    status = { ...status, ...change };
    world.keep(status);
  }

  async function begin(): Promise<void> {
    clearTimeout(again);
    const missing = world.unready(spec.needs);
    if (missing.length === 0) return run();
    become({ phase: 'waiting', againAt: null, why: `waits for ${missing.join(', ')}` });
  }

  async function run(): Promise<void> {
    const run = randomUUID();
    blame = undefined;
    // Known before it is there: should the daemon die now, the next one knows the process by its mark.
    become({ ...BEGINNING, run, startedAt: world.now() });
    try {
      const env = await world.environment(spec, run);
      const opened = spec.callback ? await openCallback() : undefined;
      if (status.run === run && status.phase === 'starting') await launched(run, { env, opened });
      else opened?.close();
    } catch (thrown) {
      hasEnded({ error: failureOf(thrown).message });
    }
  }

  async function launched(run: string, { env, opened }: Prepared): Promise<void> {
    callback = opened;
    const log = world.output.open(spec);
    const program = withCallback({ argv: spec.argv, env }, callback);
    const { identity, ended } = launch(
      { ...spec, argv: program.argv },
      { env: program.env, output: log.descriptor },
    );
    log.close();
    if (identity === null) return hasEnded(await ended);
    become({ identity, logAt: log.size });
    take({ run, identity, ended, env });
  }

  function take({ run, identity, ended, env }: Taken): void {
    const mine = openRunning({
      ...{ run, identity, ended, stop: spec.stop, ends: world.ends, survivors: world.survivors },
      followed: (identity) => become({ identity }),
    });
    running = mine;
    void mine.ended.then((exit) => running === mine && hasEnded(exit));
    health = openHealth({
      spec,
      isReady: status.readyAt !== null,
      asked: { cwd: spec.cwd, env, output: openScan(world.output.file(spec), status.logAt) },
      tell: {
        answered: (answer) => become({ probed: { at: world.now(), ...answer } }),
        ready: () => {
          callback?.close();
          become({ phase: 'running', readyAt: world.now(), why: null });
        },
        late: condemn,
        recovered: () => become({ phase: 'running', why: null }),
        unhealthy: (why) => {
          become({ phase: 'unhealthy', why });
          if (spec.restart.policy !== 'never') condemn(why);
        },
      },
    });
  }

  function condemn(why: string): void {
    blame = why;
    become({ why });
    health?.close();
    running?.end();
  }

  function hasEnded(exit: Exit): void {
    health?.close();
    callback?.close();
    running = undefined;
    world.output.end(spec);
    const end = { identity: null, endedAt: world.now(), exit, againAt: null };
    if (status.phase === 'stopping') become({ ...end, phase: 'stopped', why: null });
    else goOn(end);
  }

  function goOn(end: End): void {
    const { exit, endedAt } = end;
    const ran = blame ? 0 : endedAt - (status.startedAt ?? endedAt);
    const { wait, ...verdict } = afterEnd(spec, { exit, ran, quick: status.quick });
    const why = blame ?? verdict.why;
    // A first start that fails has failed before somebody's eyes.
    if ('error' in exit && status.restarts === 0) become({ ...end, phase: 'failed', why });
    else if (wait === undefined) become({ ...end, ...verdict, why });
    else {
      become({ ...end, ...verdict, why, restarts: status.restarts + 1, againAt: endedAt + wait });
      if (wait > 0) again = setTimeout(begin, wait);
      else void begin();
    }
  }

  async function stop(): Promise<void> {
    clearTimeout(again);
    health?.close();
    const ending = running;
    if (!ending) {
      if (status.phase !== 'stopped') become({ phase: 'stopped', againAt: null, why: null });
      return;
    }
    become({ phase: 'stopping', why: null });
    ending.end();
    await ending.ended;
  }

  async function adopt(): Promise<void> {
    const { run, phase } = status;
    const identity = run === null || isAtRest(status) ? undefined : await survivor(run);
    if (run !== null && identity) {
      become({ identity });
      const env = await world.environment(spec, run);
      world.output.resume(spec);
      if (spec.callback && status.readyAt === null) callback = await resumeCallback(identity);
      take({ run, identity, env });
      if (phase === 'stopping') running?.end();
    } else if (phase === 'waiting' || phase === 'backoff' || phase === 'crash-loop') await begin();
    else if (!isAtRest(status)) hasEnded({ unknown: true });
  }

  async function survivor(run: string): Promise<ProcessIdentity | undefined> {
    if (status.identity && isAlive(status.identity)) return status.identity;
    return (await world.survivors.of(run))[0];
  }

  return {
    get spec() {
      return spec;
    },
    get status() {
      return status;
    },
    async start(next) {
      spec = next;
      status = { ...status, restarts: 0, quick: 0 };
      await begin();
    },
    stop,
    async restart() {
      await stop();
      status = { ...status, restarts: 0, quick: 0 };
      await begin();
    },
    signal: (signal) => running?.signal(signal) ?? false,
    adopt,
    look() {
      if (status.phase === 'waiting') void begin();
    },
    leave() {
      clearTimeout(again);
      health?.close();
      callback?.close();
      running?.leave();
      running = undefined;
    },
  };
}

interface End {
  identity: null;
  endedAt: number;
  exit: Exit;
  againAt: null;
}

interface Prepared {
  env: Context['env'];
  /** Where the run tells that it is about to be ready. */
  opened?: Callback;
}

interface Taken {
  run: string;
  identity: ProcessIdentity;
  /** Absent where another daemon started it. */
  ended?: Launched['ended'];
  env: Context['env'];
}
