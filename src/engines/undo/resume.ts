import { planOf } from '#engines/activity/journal.ts';
import { requireActivity } from '#engines/activity/read.ts';
import type { Context } from '#engines/core/context.ts';
import type { Draft } from '#engines/core/plan.ts';
import { store } from '#engines/store/store.ts';
import { undoError } from './errors.ts';

/** Continues an activity whose process died, or that was cancelled, with the plan that it began. */
export async function planResume({ id }: { id: string }, context: Context): Promise<Draft> {
  const opened = context.use(store);
  const activity = requireActivity(opened, id);
  const plan = activity.plan === null ? undefined : planOf(opened, activity.plan);
  if (plan && (activity.status === 'interrupted' || activity.status === 'cancelled')) {
    return { steps: plan.steps, continues: id };
  }
  throw undoError('resume-nothing', `Activity ${id} is ${activity.status}.`, {
    next: [`gantry activity show ${id}`],
  });
}
