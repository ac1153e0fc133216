import { finishedSince } from '#engines/activity/finished.ts';
import { begin, end, journalOf, markUndone, planOf, record, reopen } from '#engines/activity/journal.ts';
import { requireActivity } from '#engines/activity/read.ts';
import type { Context } from '#engines/core/context.ts';
import type { Plan } from '#engines/core/plan.ts';
import {
  firstFailure,
  type Receipt,
  type ReceiptStatus,
  type StepReceipt,
  type StepStatus,
} from '#engines/core/receipt.ts';
import { renewLeases } from '#engines/lease/renew.ts';
import { ownIdentity } from '#engines/store/process.ts';
import { type Store, store } from '#engines/store/store.ts';
import { apply, type Run } from './apply.ts';
import { invokeError } from './errors.ts';
import { receiptOf } from './step.ts';

/** Applies a plan as an activity of its own, or as the rest of the one that it continues. */
export async function applyPlan(plan: Plan, context: Context): Promise<Receipt> {
  const opened = context.use(store);
  const run = plan.continues ? continued(plan.continues, plan, context) : begun(plan, context);
  context.report({ kind: 'started', activity: run.activity });
  const targets = run.plan.steps.map(({ target }) => target);
  renewLeases(targets, context);
  const steps = [...standing(run, opened), ...(await apply(run))];
  renewLeases(targets, context);
  const status = statusOf(steps);
  const receipt: Receipt = {
    activity: run.activity,
    action: run.plan.action,
    plan: run.plan.hash,
    status,
    steps,
  };
  end(opened, run.activity, { status, failure: firstFailure(receipt), at: context.now() });
  if (run.plan.undoes && status === 'done') markUndone(opened, run.plan.undoes, run.activity);
  context.report({ kind: 'ended', receipt });
  return receipt;
}

function begun(plan: Plan, context: Context): Run {
  const activity = begin(context.use(store), {
    plan,
    actor: context.actor,
    process: ownIdentity(),
    at: context.now(),
  });
  return { plan, activity, journal: new Map(), context };
}

function continued(activity: string, plan: Plan, context: Context): Run {
  const opened = context.use(store);
  const broken = requireActivity(opened, activity);
  if (!reopen(opened, activity, ownIdentity())) {
    throw invokeError('activity-taken', `Activity ${activity} goes on already.`, {
      next: [`gantry activity show ${activity}`],
    });
  }
  const journal = new Map(journalOf(opened, activity).map((step) => [step.step, step]));
  const own = broken.plan === null ? undefined : planOf(opened, broken.plan);
  return { plan: own ?? plan, activity, journal, finishedBy: finishedSince(broken, context), context };
}

/** Targets that planning settled or refused stand in the receipt beside those that had steps. */
function standing(run: Run, opened: Store): StepReceipt[] {
  const settled = run.plan.settled.map(({ target, reason }) =>
    receiptOf(run, { id: `${target.name}/0`, target }, { status: 'skipped', summary: reason }),
  );
  const refused = run.plan.refused.map(({ target, failure }) =>
    receiptOf(
      run,
      { id: `${target.name}/0`, target },
      { status: 'refused', summary: failure.message, failure },
    ),
  );
  for (const receipt of [...settled, ...refused]) record(opened, run.activity, receipt);
  return [...settled, ...refused];
}

function statusOf(steps: readonly StepReceipt[]): ReceiptStatus {
  const some = (...statuses: StepStatus[]) => steps.some(({ status }) => statuses.includes(status));
  if (some('cancelled')) return 'cancelled';
  if (some('failed', 'unknown', 'replan')) return 'failed';
  return steps.some(({ status, failure }) => status === 'refused' || failure) ? 'refused' : 'done';
}
