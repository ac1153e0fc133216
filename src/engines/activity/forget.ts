import { setImmediate as turn } from 'node:timers/promises';
import type { Store } from '#engines/store/store.ts';
import { immediately } from '#engines/store/transaction.ts';
import { BATCH, type Bounds, batchesOf, forgettable } from './forgettable.ts';

const SOME = '(SELECT value FROM json_each(?))';
const UNUSED = 'NOT EXISTS (SELECT 1 FROM activities WHERE activities.plan = plans.hash)';

/** Forgets activities with their steps and plans; resolves with how many went. */
export async function forgetActivities(opened: Store, bounds: Bounds, signal: AbortSignal): Promise<number> {
  let count = 0;
  for (const batch of batchesOf(await forgettable(opened, bounds, signal))) {
    count += forgetBatch(opened, batch);
    await turn(undefined, { signal });
  }
  return count;
}

/** Forgets plans that were shown before a moment, and that no activity has. */
export async function forgetShown(opened: Store, before: number, signal: AbortSignal): Promise<void> {
  while (forgetPlans(opened, before) === BATCH) await turn(undefined, { signal });
}

/** Somebody may have gone on with one of them meanwhile: then all of them wait for the next time. */
function forgetBatch({ database }: Store, ids: readonly number[]): number {
  const batch = JSON.stringify(ids);
  return immediately(database, () => {
    const known = database
      .prepare(
        `SELECT status, activities.plan, shown_at <= started_at AS last_shown FROM activities
         LEFT JOIN plans ON plans.hash = activities.plan WHERE id IN ${SOME}`,
      )
      .all(batch);
    if (known.some(({ status }) => status === 'running')) return 0;
    database.prepare(`DELETE FROM steps WHERE activity IN ${SOME}`).run(batch);
    database.prepare(`DELETE FROM activities WHERE id IN ${SOME}`).run(batch);
    // One that was shown since may be about to be applied.
    const plans = known.flatMap(({ plan, last_shown }) => (last_shown === 1 ? [plan] : []));
    database.prepare(`DELETE FROM plans WHERE hash IN ${SOME} AND ${UNUSED}`).run(JSON.stringify(plans));
    return known.length;
  });
}

/** Returns how many went. */
function forgetPlans({ database }: Store, before: number): number {
  const { changes } = database
    .prepare(
      `DELETE FROM plans WHERE hash IN (
         SELECT hash FROM plans WHERE shown_at < ? AND ${UNUSED} LIMIT ${BATCH})`,
    )
    .run(before);
  return Number(changes);
}
