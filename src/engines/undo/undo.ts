import { type JournalledStep, journalOf } from '#engines/activity/journal.ts';
import { listActivities, requireActivity } from '#engines/activity/read.ts';
import type { Activity } from '#engines/activity/types.ts';
import type { Context } from '#engines/core/context.ts';
import { canonical } from '#engines/core/json.ts';
import { type Draft, type Expectation, type OperationStep, targetKey } from '#engines/core/plan.ts';
import type { StepReceipt } from '#engines/core/receipt.ts';
import { type Store, store } from '#engines/store/store.ts';
import { undoError } from './errors.ts';

/** How far back the newest undoable activity is looked for. */
const LOOK_BACK = 500;

/** Takes back an activity, by default the newest one of this workspace that is no undo itself. */
export async function planUndo({ id }: { id?: string }, context: Context): Promise<Draft> {
  const opened = context.use(store);
  const activity =
    id === undefined ? newest(opened, context, (one) => one.undoes === null) : requireActivity(opened, id);
  return draftInverse(opened, activity);
}

/** Takes back the newest undo. */
export async function planRedo({ id }: { id?: string }, context: Context): Promise<Draft> {
  const opened = context.use(store);
  const activity =
    id === undefined ? newest(opened, context, (one) => one.undoes !== null) : requireActivity(opened, id);
  return draftInverse(opened, activity);
}

export async function readUndoable(
  { limit }: { limit: number },
  context: Context,
): Promise<{ activities: Activity[] }> {
  const activities = listActivities(context.use(store), { workspace: context.workspace, limit: LOOK_BACK });
  return { activities: activities.filter((one) => one.undoable && one.undoes === null).slice(0, limit) };
}

function newest(opened: Store, context: Context, fits: (activity: Activity) => boolean): Activity {
  const activities = listActivities(opened, { workspace: context.workspace, limit: LOOK_BACK });
  const found = activities.find((one) => one.undoable && fits(one));
  if (found) return found;
  throw undoError('undo-nothing', 'There is nothing to take back.', { next: ['gantry activity list'] });
}

function draftInverse(opened: Store, activity: Activity): Draft {
  const journal = journalOf(opened, activity.id);
  refuse(activity, journal);
  const done = journal.flatMap(({ receipt }) => (receipt?.status === 'done' ? [receipt] : []));
  const targets = Object.values(
    Object.groupBy(done, (receipt) => targetKey(receipt.target)),
  ) as StepReceipt[][];
  return { steps: numbered(targets.flatMap(inverseSteps)), undoes: activity.id };
}

/** Step ids by the name of the target, however many targets share a name. */
function numbered(steps: Omit<OperationStep, 'id'>[]): OperationStep[] {
  const counts = new Map<string, number>();
  return steps.map((step) => {
    const count = (counts.get(step.target.name) ?? 0) + 1;
    counts.set(step.target.name, count);
    return { id: `${step.target.name}/${count}`, ...step };
  });
}

/** The inverse calls of one target, last step first; what the target's steps left must still be so. */
function inverseSteps(receipts: StepReceipt[]): Omit<OperationStep, 'id'>[] {
  const target = (receipts[0] as StepReceipt).target;
  const expects = standing(receipts.flatMap((receipt) => receipt.leaves ?? []));
  return receipts
    .toReversed()
    .flatMap((receipt) => receipt.inverse ?? [])
    .map((call, index) => ({ target, expects: index === 0 ? expects : [], ...call }));
}

/** The last answer that was left for each fact. */
function standing(leaves: Expectation[]): Expectation[] {
  return [...new Map(leaves.map((one) => [canonical([one.fact, one.args]), one])).values()];
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
