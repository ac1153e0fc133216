import { changesOf } from '#engines/activity/changes.ts';
import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { quote } from '#engines/core/shell.ts';
import { type Store, store } from '#engines/store/store.ts';
import { jobError } from './errors.ts';
import type { Job } from './job.ts';
import { addRun, type Event, type Owner, type Run, readRun, runAskedBy } from './runs.ts';

type Running = Application<{ definition: Job; wait: boolean }>;

/** How a run by hand of one kind of job is asked for; whoever conducts them begins it, as every run. */
export function runBy(kind: Owner['kind'], event: Event | null) {
  return {
    async checkRun(given: Running, context: Context): Promise<Applied | undefined> {
      const known = runAskedBy(context.use(store), stepOf(given));
      return known && { summary: `run ${known.id}` };
    },

    async applyRun(given: Running, context: Context): Promise<Applied> {
      const { definition, wait } = given.args;
      const owner = { kind, name: definition.name };
      const opened = context.use(store);
      const run = { ...owner, moment: null, definition, event, askedBy: stepOf(given) };
      const id = addRun(opened, run) as number;
      if (!wait) return { summary: `run ${id}` };
      const ended = await endOf(opened, id, context.signal);
      if (ended?.outcome !== 'done') throw ranBadly(owner, ended);
      return { summary: `run ${id}: ${ended.said}` };
    },
  };
}

/** The run once it has ended; nothing where it was forgotten. Throws the reason of the signal. */
export async function endOf(opened: Store, id: number, signal: AbortSignal): Promise<Run | undefined> {
  for await (const _ of changesOf(opened, signal)) {
    const run = readRun(opened, id);
    if (run?.state !== 'waiting' && run?.state !== 'begun') return run;
  }
  throw signal.reason;
}

function ranBadly({ kind, name }: Owner, run: Run | undefined) {
  const what = run ? `${run.outcome}: ${run.said}` : 'it was forgotten before it began';
  return jobError('job-failed', `${name}: ${what}.`, {
    next: [
      ...(run?.process ? [`gantry process logs ${quote(run.process)}`] : []),
      `gantry ${kind} history ${quote(name)}`,
    ],
  });
}

function stepOf({ activity, step }: Running): string {
  return `${activity}/${step}`;
}
