import { type JournalledStep, journalOf, planOf, undosOf } from '#engines/activity/journal.ts';
import { eachActivity, requireActivity } from '#engines/activity/read.ts';
import type { Activity } from '#engines/activity/types.ts';
import type { Context } from '#engines/core/context.ts';
import { type Draft, targetKey } from '#engines/core/plan.ts';
import { type Store, store } from '#engines/store/store.ts';
import { undoError } from './errors.ts';
import { invert } from './invert.ts';

/** Takes back an activity, by default the newest one of this workspace that is no undo itself; a redo is none. */
export function planUndo({ id }: { id?: string }, context: Context): Promise<Draft> {
  return planInverse(id, isDeed, context);
}

/** Takes back the newest undo. */
export function planRedo({ id }: { id?: string }, context: Context): Promise<Draft> {
  return planInverse(id, (one, opened) => !isDeed(one, opened), context);
}

export async function readUndoable(
  { limit }: { limit: number },
  context: Context,
): Promise<{ activities: Activity[] }> {
  const opened = context.use(store);
  const undoable = eachActivity(opened, context.workspace).filter(
    (one) => one.undoable && isDeed(one, opened) && lastDone(opened, one.id) === one.id,
  );
  return { activities: [...undoable.take(limit)] };
}

async function planInverse(
  id: string | undefined,
  fits: (activity: Activity, opened: Store) => boolean,
  context: Context,
): Promise<Draft> {
  const opened = context.use(store);
  if (id !== undefined) {
    return draftInverse(requireActivity(opened, lastDone(opened, requireActivity(opened, id).id)), context);
  }
  for (const activity of eachActivity(opened, context.workspace)) {
    if (!activity.undoable || isByItself(activity) || !fits(activity, opened)) continue;
    const draft = await draftInverse(activity, context);
    if (draft.steps.length > 0 || !draft.refused?.every(({ failure }) => failure.code === 'undo-gone'))
      return draft;
  }
  throw undoError('undo-nothing', 'There is nothing to take back.', { next: ['gantry activity list'] });
}

/** What a schedule or a trigger has done since is not what anybody means by the last thing: that is taken back by its id. */
function isByItself({ actor }: Activity): boolean {
  return actor.kind === 'schedule' || actor.kind === 'trigger';
}

/** It does something, for the first time or again: an undo takes back one, and a redo takes back an undo. */
function isDeed({ undoes }: Activity, opened: Store): boolean {
  return undoes === null || !isDeed(requireActivity(opened, undoes), opened);
}

/** The redo that did the same once more, where it was taken back in between: what it kept is what there is to bring back. */
function lastDone(opened: Store, id: string): string {
  const redo = undosOf(opened, id)
    .flatMap((undo) => undosOf(opened, undo))
    .map((redo) => requireActivity(opened, redo))
    .findLast(({ status, undoneBy }) => status === 'done' && undoneBy === null);
  return redo ? lastDone(opened, redo.id) : id;
}

/** The inverse of what every target had done to it, without the targets that were taken back before. */
async function draftInverse(activity: Activity, context: Context): Promise<Draft> {
  const opened = context.use(store);
  const journal = journalOf(opened, activity.id);
  refuse(activity, journal);
  const back = takenBack(opened, activity.id);
  const done = journal.flatMap(({ receipt }) => (receipt?.status === 'done' ? [receipt] : []));
  const left = done.filter(({ target }) => !back.has(targetKey(target)));
  const plan = activity.plan === null ? undefined : planOf(opened, activity.plan);
  return { ...(await invert(plan?.steps ?? [], left, context)), undoes: activity.id };
}

/** The targets that an undo of this activity brought back, and no redo took away again. */
function takenBack(opened: Store, id: string): Set<string> {
  return new Set(
    undosOf(opened, id).flatMap((undo) => {
      const again = takenBack(opened, undo);
      const receipts = journalOf(opened, undo).flatMap(({ receipt }) => receipt ?? []);
      const failed = new Set(
        receipts.filter(({ status }) => status !== 'done').map(({ target }) => targetKey(target)),
      );
      return receipts
        .map(({ target }) => targetKey(target))
        .filter((key) => !failed.has(key) && !again.has(key));
    }),
  );
}

function refuse(activity: Activity, journal: JournalledStep[]): void {
  const show = `gantry activity show ${activity.id}`;
  if (activity.undoneBy) {
    throw undoError('undo-done', `Activity ${activity.id} was taken back by ${activity.undoneBy}.`, {
      next: ['gantry redo', show],
    });
  }
  if (activity.status === 'running' || journal.some((step) => step.receipt === null)) {
    throw undoError('undo-unknown', `Activity ${activity.id} has a step without a receipt.`, {
      next: [`gantry resume ${activity.id}`],
    });
  }
  if (activity.undoable) return;
  throw undoError('undo-impossible', `Activity ${activity.id} changed nothing that can be taken back.`, {
    next: [show],
  });
}
