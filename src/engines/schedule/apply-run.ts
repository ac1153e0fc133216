import { changesOf } from '#engines/activity/changes.ts';
import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { quote } from '#engines/core/shell.ts';
import { store } from '#engines/store/store.ts';
import type { Definition } from './definition.ts';
import { scheduleError } from './errors.ts';
import { addRun, type Run, readRun, runAskedBy } from './runs.ts';

type Running = Application<{ definition: Definition; wait: boolean }>;

export async function checkRun(given: Running, context: Context): Promise<Applied | undefined> {
  const known = runAskedBy(context.use(store), stepOf(given));
  return known && { summary: `run ${known.id}` };
}

/** The clock begins it, as every run. */
export async function applyRun(given: Running, context: Context): Promise<Applied> {
  const { definition, wait } = given.args;
  const run = { schedule: definition.name, moment: null, definition, askedBy: stepOf(given) };
  const id = addRun(context.use(store), run) as number;
  if (!wait) return { summary: `run ${id}` };
  const ended = await endOf(id, context);
  if (ended?.outcome !== 'done') throw ranBadly(definition, ended);
  return { summary: `run ${id}: ${ended.said}` };
}

async function endOf(id: number, context: Context): Promise<Run | undefined> {
  const opened = context.use(store);
  for await (const _ of changesOf(opened, context.signal)) {
    const run = readRun(opened, id);
    if (run?.state !== 'waiting' && run?.state !== 'begun') return run;
  }
  throw context.signal.reason;
}

function ranBadly({ name }: Definition, run: Run | undefined) {
  const what = run ? `${run.outcome}: ${run.said}` : 'it was forgotten before it began';
  return scheduleError('schedule-run-failed', `${name}: ${what}.`, {
    next: [
      ...(run?.process ? [`gantry process logs ${quote(run.process)}`] : []),
      `gantry schedule history ${quote(name)}`,
    ],
  });
}

function stepOf({ activity, step }: Running): string {
  return `${activity}/${step}`;
}
