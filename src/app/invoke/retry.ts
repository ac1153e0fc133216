import { journalOf } from '#engines/activity/journal.ts';
import { requireActivity } from '#engines/activity/read.ts';
import type { Context } from '#engines/core/context.ts';
import type { Invocation } from '#engines/core/invocation.ts';
import { type Draft, type Plan, targetKey } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { type Store, store } from '#engines/store/store.ts';
import { invokeError } from './errors.ts';

/** The input of the activity that is to be tried again, which has to be of the same action and workspace. */
export function retriedInput({ action, input, retry = '' }: Invocation, context: Context): unknown {
  const { id, ...tried } = requireActivity(context.use(store), retry);
  const next = [`gantry ${tried.action.replaceAll('.', ' ')} --retry ${id}`];
  if (tried.action !== action) {
    throw invokeError('retry-mismatch', `Activity ${id} is of ${tried.action}, not of ${action}.`, { next });
  }
  if ((tried.workspace ?? undefined) !== context.workspace) {
    throw invokeError('retry-mismatch', `Activity ${id} is of the workspace ${tried.workspace}.`, {
      next: [`${next[0]} --workspace ${quote(tried.workspace ?? '')}`],
    });
  }
  if (Object.keys((input ?? {}) as object).length > 0) {
    throw invokeError('retry-mismatch', `What is tried again has the arguments of activity ${id}.`, { next });
  }
  return tried.input;
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
    ...(plan.parallel === undefined ? {} : { parallel: plan.parallel }),
    steps: plan.steps.filter((step) => wanted.has(targetKey(step.target))),
    refused: plan.refused.filter(({ target }) => wanted.has(targetKey(target))),
    settled: plan.settled.filter(({ target }) => wanted.has(targetKey(target))),
  };
}
