import { changesOf } from '#engines/activity/changes.ts';
import type { Context } from '#engines/core/context.ts';
import { failureOf } from '#engines/core/errors.ts';
import type { Conductor } from '#engines/job/conduct.ts';
import { openRuns } from '#engines/job/runs.ts';
import { store } from '#engines/store/store.ts';
import { AT_BOOT, type Moments, momentsOf } from '../cron/moments.ts';
import { zoneOf } from '../cron/zone.ts';
import type { Definition } from '../definition.ts';
import { schedules } from '../records.ts';
import { bootOfMachine } from './boot.ts';
import { decideAll } from './decide.ts';

/** Milliseconds between looks at the most: nobody tells when the clock of the machine is set, or it has slept. */
const LOOK_EVERY = 30_000;

/** Runs everything whose time comes, in the one daemon that serves. */
export interface Clock {
  /** Does what is due; returns the milliseconds until the next look, or nothing where only a change can bring more. */
  look(): number | undefined;
  /** Looks whenever it is time or anything has changed, until the context's signal; never rejects. */
  keep(): Promise<void>;
  /** Whether somebody has to be there for what is to come. */
  isNeeded(): boolean;
}

export interface ClockOptions {
  context: Context;
  /** Begins what is due. */
  conductor: Conductor;
  tell(level: 'info' | 'warn', text: string): void;
  /** The present start of the machine. */
  boot?: string;
  timer?: Timer;
}

/** Calls once after some milliseconds; returns how to forget it. */
export type Timer = (milliseconds: number, wake: () => void) => () => void;

export function openClock(options: ClockOptions): Clock {
  const { context, conductor, tell, boot = bootOfMachine(), timer = wakeAfter } = options;
  const opened = context.use(store);
  const known = new Map<string, Moments>();

  function moments({ cron, zone }: Pick<Definition, 'cron' | 'zone'>): Moments {
    const place = zoneOf(zone);
    const key = `${cron} ${place}`;
    const found = known.get(key) ?? comingOf(cron, place);
    known.set(key, found);
    return found;
  }

  /** One schedule that nobody can read any more keeps no other from running. */
  function comingOf(cron: string, zone: string): Moments {
    try {
      return momentsOf(cron, zone);
    } catch (thrown) {
      tell('warn', `${cron} in ${zone} never comes: ${failureOf(thrown).message}`);
      return { after: () => undefined, between: () => [] };
    }
  }

  function look(): number | undefined {
    decideAll(opened, { now: context.now(), boot, momentsOf: moments });
    conductor.look();
    return untilNext(context.now());
  }

  function untilNext(now: number): number | undefined {
    const timed = schedules
      .all(opened)
      .filter(({ definition, paused }) => !paused && definition.cron !== AT_BOOT);
    if (timed.length === 0 && openRuns(opened).length === 0) return undefined;
    const next = timed.map(({ definition }) => moments(definition).after(now) ?? Number.POSITIVE_INFINITY);
    return Math.max(Math.min(LOOK_EVERY, ...next.map((moment) => moment - now)), 1);
  }

  async function keep(): Promise<void> {
    let wake = Promise.withResolvers<void>();
    let isTold = true;
    void changes(() => wake.resolve()).catch((thrown) => {
      tell('warn', `changes of the schedules are seen twice a minute: ${failureOf(thrown).message}`);
      isTold = false;
      wake.resolve();
    });
    while (!context.signal.aborted) {
      const delay = attempt() ?? (isTold ? undefined : LOOK_EVERY);
      const forget = delay === undefined ? () => {} : timer(delay, () => wake.resolve());
      await wake.promise;
      wake = Promise.withResolvers();
      forget();
    }
  }

  async function changes(changed: () => void): Promise<void> {
    for await (const _ of changesOf(opened, context.signal)) changed();
    changed();
  }

  function attempt(): number | undefined {
    try {
      return look();
    } catch (thrown) {
      tell('warn', `looking at the schedules: ${failureOf(thrown).message}`);
      return LOOK_EVERY;
    }
  }

  return { look, keep, isNeeded: () => schedules.isAwake(opened) || openRuns(opened).length > 0 };
}

function wakeAfter(milliseconds: number, wake: () => void): () => void {
  const timer = setTimeout(wake, milliseconds);
  return () => clearTimeout(timer);
}
