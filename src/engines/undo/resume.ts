import { finishedSince, finishedWords } from '#engines/activity/finished.ts';
import { journalOf, planOf } from '#engines/activity/journal.ts';
import { requireActivity } from '#engines/activity/read.ts';
import type { Context } from '#engines/core/context.ts';
import { type Draft, type Settled, type Step, targetKey } from '#engines/core/plan.ts';
import { isSettled } from '#engines/core/receipt.ts';
import { store } from '#engines/store/store.ts';
import { undoError } from './errors.ts';

/** Continues an activity whose process died, or that was cancelled, with what its plan has left. */
export async function planResume({ id }: { id: string }, context: Context): Promise<Draft> {
  const opened = context.use(store);
  const activity = requireActivity(opened, id);
  const plan = activity.plan === null ? undefined : planOf(opened, activity.plan);
  if (plan && (activity.status === 'interrupted' || activity.status === 'cancelled')) {
    const settled = new Set(
      journalOf(opened, id).flatMap(({ step, receipt }) => (receipt && isSettled(receipt) ? [step] : [])),
    );
    const steps = plan.steps.filter((step) => !settled.has(step.id));
    const by = finishedSince(activity, context);
    return { ...(by === undefined ? { steps } : { steps: [], settled: finished(steps, by) }), continues: id };
  }
  throw undoError('resume-nothing', `Activity ${id} is ${activity.status}.`, {
    next: [`gantry activity show ${id}`],
  });
}

function finished(steps: readonly Step[], by: string): Settled[] {
  const targets = new Map(steps.map(({ target }) => [targetKey(target), target]));
  return [...targets.values()].map((target) => ({ target, reason: finishedWords(by) }));
}
