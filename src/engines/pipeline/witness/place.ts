import { join } from 'node:path';
import { requireActivity } from '#engines/activity/read.ts';
import type { Context } from '#engines/core/context.ts';
import { store } from '#engines/store/store.ts';
import type { Run } from '../types.ts';

export interface Place {
  /** Of the run. */
  id: string;
  directory: string;
  /** Its events. */
  file: string;
}

/** Where runs leave their witness, for everything of one person. */
export function runsDirectory({ paths }: Pick<Context, 'paths'>): string {
  return join(paths.home, '.jos', 'runs');
}

/**
 * The identifier of a run: the moment at which its activity began, as other programs of the format name their runs, and
 * behind it what tells apart those of one moment. Whoever continues the activity finds the same run.
 */
export function runId(startedAt: number, activity: string, number: number): string {
  const moment = new Date(startedAt).toISOString().replaceAll(/[:.]/g, '-');
  return `${moment}-${activity}${number === 1 ? '' : `.${number}`}`;
}

export function placeOf(runs: string, id: string): Place {
  const directory = join(runs, id);
  return { id, directory, file: join(directory, 'events.jsonl') };
}

export function placesOf(runs: readonly Run[], activity: string, context: Context): Place[] {
  const { startedAt } = requireActivity(context.use(store), activity);
  const directory = runsDirectory(context);
  return runs.map(({ number }) => placeOf(directory, runId(startedAt, activity, number)));
}

/** What the runs of one plan share in their identifiers. */
export function rootOf(id: string): string {
  return id.replace(/(Z-\d+)\.\d+$/, '$1');
}

/** Whether a directory is named as runs are, whoever made it. */
export function isRunId(name: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}-\d{3}Z(-\d+(\.\d+)?)?$/.test(name);
}

/** The activity that a run of ours belongs to. */
export function activityIn(id: string): string | null {
  return /Z-(\d+)(\.\d+)?$/.exec(id)?.[1] ?? null;
}
