import type { Context } from '#engines/core/context.ts';
import type { Application } from '#engines/core/operation.ts';
import { readChanges } from '../changes.ts';
import { placeOf } from '../observe.ts';
import { restoreSnapshot } from '../restore-write.ts';
import { freeRef, snapshotBefore } from '../snapshot.ts';
import { takeSnapshot } from '../snapshot-write.ts';

/**
 * Makes the working tree what it was when this activity took its snapshot. What is there until now is kept first: it may
 * be the work of somebody else.
 */
export async function rollBack(application: Application<unknown>, context: Context): Promise<void> {
  const { target } = application;
  const before = await snapshotBefore(application, context);
  if (!before || before.state.changes === (await readChanges({}, target, context))) return;
  const cwd = placeOf(target);
  await takeSnapshot(context, {
    cwd,
    ref: await freeRef(context, application),
    ignored: false,
    also: [],
    restoring: before.oid,
    target: target.name,
  });
  await restoreSnapshot(context, { cwd, oid: before.oid, target: target.name });
}
