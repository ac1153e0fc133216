import { findActivity } from '#engines/activity/read.ts';
import type { Activity } from '#engines/activity/types.ts';
import type { Store } from '#engines/store/store.ts';
import { invocationOf } from './firing.ts';
import type { Run } from './runs.ts';

/** The newest activity there is: those of a run that is begun now come after it. */
export function newestActivity({ database }: Store): number {
  return Number(database.prepare('SELECT coalesce(max(id), 0) AS id FROM activities').get()?.id);
}

/**
 * The activity of a run, also where its daemon died before that could be written down; nothing where none was begun. Of
 * calls that are the same it does not matter which is whose.
 */
export function activityOf(opened: Store, run: Run): Activity | undefined {
  const id = run.activity ?? unclaimed(opened, run);
  return id === undefined ? undefined : findActivity(opened, id);
}

function unclaimed({ database }: Store, run: Run): string | undefined {
  const row = database
    .prepare(
      `SELECT id FROM activities
       WHERE id > $after AND action = $action AND actor ->> 'kind' = $kind AND actor ->> 'name' = $name
         AND ($process IS NULL OR input ->> 'name' = $process)
         AND CAST(id AS TEXT) NOT IN
           (SELECT run ->> 'activity' FROM job_runs WHERE run ->> 'activity' IS NOT NULL)
       ORDER BY id LIMIT 1`,
    )
    .get({
      after: run.after,
      action: invocationOf(run).action,
      kind: run.kind,
      name: run.name,
      process: run.process,
    });
  return row && String(row.id);
}
