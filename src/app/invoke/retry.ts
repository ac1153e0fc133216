import { journalOf } from '#engines/activity/journal.ts';
import { requireActivity } from '#engines/activity/read.ts';
import { type Draft, type Plan, targetKey } from '#engines/core/plan.ts';
import type { Store } from '#engines/store/store.ts';
import { invokeError } from './errors.ts';

/** The input of the activity that is to be tried again. */
export function retriedInput(opened: Store, id: string): unknown {
  return requireActivity(opened, id).input;
}

/** The part of a new plan that is about the targets that did not come out well, and about what those wait for. */
export function onlyFailed(plan: Plan, opened: Store, id: string): Draft {
  const receipts = journalOf(opened, id).map((step) => step.receipt);
  const wanted = new Set(receipts.flatMap((one) => (one?.failure ? [targetKey(one.target)] : [])));
  if (wanted.size === 0) {
    throw invokeError('retry-nothing', `Nothing of activity ${id} failed.`, {
      next: [`gantry activity show ${id}`],
    });
  }
  // A step stands before those that wait for it, so one look from the end finds all that is waited for.
  for (const step of plan.steps.toReversed()) {
    const isWaitedFor = plan.steps.some(
      (one) => wanted.has(targetKey(one.target)) && one.after?.includes(step.id),
    );
    if (isWaitedFor) wanted.add(targetKey(step.target));
  }
  return {
    steps: plan.steps.filter((step) => wanted.has(targetKey(step.target))),
    refused: plan.refused.filter(({ target }) => wanted.has(targetKey(target))),
    settled: plan.settled.filter(({ target }) => wanted.has(targetKey(target))),
  };
}
