import { forgetActivities, forgetShown } from '#engines/activity/forget.ts';
import { readSettings } from '#engines/config/read.ts';
import type { Context } from '#engines/core/context.ts';
import { store } from '#engines/store/store.ts';

const DAY = 86_400_000;

/** Activities of one schedule or trigger that stay: one that runs each second has so many in a quarter of an hour. */
const MOST = 1_000;

/**
 * Forgets what of the journal can no longer be undone, since what that would need is kept no longer than
 * `undo.keepDays`; and of each schedule and trigger what is more than anybody reads. Resolves with how many activities went.
 */
export async function pruneJournal(context: Context): Promise<number> {
  const opened = context.use(store);
  const { 'undo.keepDays': days } = await readSettings({ ...context, workspace: undefined });
  const before = context.now() - days * DAY;
  const count = await forgetActivities(opened, { before, most: MOST }, context.signal);
  await forgetShown(opened, before, context.signal);
  return count;
}
