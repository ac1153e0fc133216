import { rmSync } from 'node:fs';
import type { Context } from '#engines/core/context.ts';
import { failureOf } from '#engines/core/errors.ts';
import type { Outcome as Called, Invocation } from '#engines/core/invocation.ts';
import { readProcess } from '#engines/process/records.ts';
import { isAlive, ownIdentity } from '#engines/store/process.ts';
import { store } from '#engines/store/store.ts';
import { activityOf, newestActivity } from './activity.ts';
import { type Ending, endingOf, endingOfActivity, endingOfCall, endingOfProcess } from './conclude.ts';
import { type Fire, type Firing, freeProcess, invocationOf, placeOf } from './firing.ts';
import { changeRun, type Owner, openRuns, type Run, readRun } from './runs.ts';

export interface Conducting {
  context: Pick<Context, 'use' | 'now'>;
  fire: Fire;
  /** Stops a kept process; does not reject. */
  stop(process: string): Promise<unknown>;
  /** Nothing of it runs by itself. */
  isPaused(job: Owner): boolean;
  tell(level: 'info' | 'warn', text: string): void;
}

/** Brings runs from their record to their end, those that a daemon before has begun among them. */
export interface Conductor {
  /** Takes every open run as far as it can go now. */
  look(): void;
}

export function openConductor({ context, fire, stop, isPaused, tell }: Conducting): Conductor {
  const opened = context.use(store);
  const firings = new Map<number, Firing>();
  const stopped = new Set<number>();
  const own = ownIdentity();

  function look(): void {
    for (const run of openRuns(opened)) {
      if (run.state === 'begun' && !firings.has(run.id)) settle(run);
    }
    for (const run of openRuns(opened)) {
      if (run.withdrawn !== null) end(run);
      else if (run.state === 'waiting' && mayBegin(run)) begin(run);
    }
  }

  /** Finds out what became of a run that nobody here is at. */
  function settle(run: Run): void {
    const activity = activityOf(opened, run);
    if (!activity && run.activity !== null) {
      settleAs(run, run.activity, { outcome: run.process ? 'done' : 'unknown', said: FORGOTTEN });
    } else if (!activity) {
      // Whoever began it got no further than that: nothing was done.
      if (run.daemon === own || !isAlive(run.daemon ?? '')) changeRun(opened, run.id, { state: 'waiting' });
    } else if (activity.status === 'interrupted' && run.withdrawn === null) {
      tell('info', `goes on with activity ${activity.id} of ${run.kind} ${run.name}`);
      const known = changeRun(opened, run.id, { activity: activity.id, daemon: own });
      if (known) start(known, { action: 'resume', input: { id: activity.id } });
    } else if (activity.status !== 'running') settleAs(run, activity.id, endingOfActivity(activity));
  }

  /** A command whose call is done goes on as a process. */
  function settleAs(run: Run, activity: string | null, called: Ending): void {
    const goesOn = called.outcome === 'done' && run.process !== null;
    const ending = goesOn ? endingOfProcess(readProcess(opened, run.process ?? '')?.status) : called;
    if (!ending) {
      if (run.activity !== activity) changeRun(opened, run.id, { activity });
      return;
    }
    const ended = endingOf(run, ending);
    stopped.delete(run.id);
    changeRun(opened, run.id, { ...ended, activity, state: 'ended', endedAt: context.now() });
    if (run.event?.input) rmSync(run.event.input, { force: true });
    if (ended.outcome !== 'done') tell('warn', `${run.kind} ${run.name}: ${ended.outcome}: ${ended.said}`);
  }

  /** Runs by hand also begin while their job is paused. */
  function mayBegin(run: Run): boolean {
    const { definition, late, askedBy } = run;
    if (askedBy === null && isPaused(run)) return false;
    const isAlone = begunOf(run).length === 0;
    return isAlone || (definition.overlap === 'allow' && !late);
  }

  function begin(run: Run): void {
    const process = run.definition.call.kind === 'command' ? freeProcess(run, begunOf(run)) : null;
    const begun = changeRun(opened, run.id, {
      ...{ state: 'begun', daemon: own, process, activity: null },
      after: newestActivity(opened),
      startedAt: context.now(),
    });
    if (begun) start(begun, invocationOf(begun));
  }

  /** Whoever added the job has said yes to this call. */
  function start(run: Run, call: Pick<Invocation, 'action' | 'input'>): void {
    try {
      const firing = fire({ ...call, approval: { yes: true } }, placeOf(run), (activity) => {
        changeRun(opened, run.id, { activity });
      });
      firings.set(run.id, firing);
      void firing.outcome.then((called) => concluded(run.id, called));
    } catch (thrown) {
      // What is about to end begins nothing; the next daemon does.
      changeRun(opened, run.id, { state: 'waiting' });
      tell('warn', `${run.kind} ${run.name}: ${failureOf(thrown).message}`);
    }
  }

  function concluded(id: number, called: Called): void {
    firings.delete(id);
    // A command that was too quick to be cancelled is stopped as a process.
    stopped.delete(id);
    try {
      const run = readRun(opened, id);
      const activity = called.kind === 'receipt' ? called.receipt.activity : (run?.activity ?? null);
      if (run) settleAs(run, activity, endingOfCall(called));
    } catch (thrown) {
      // The journal has what came of it, and the next look finds it there.
      tell('warn', `writing down a run: ${failureOf(thrown).message}`);
    }
  }

  function end({ id, process }: Run): void {
    if (stopped.has(id)) return;
    stopped.add(id);
    const firing = firings.get(id);
    if (firing) firing.cancel();
    else if (process !== null) void stop(process);
  }

  function begunOf(job: Owner): Run[] {
    return openRuns(opened, job).filter(({ state }) => state === 'begun');
  }

  return { look };
}

const FORGOTTEN = 'its activity is no longer on record';
