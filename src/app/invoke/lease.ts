import type { Context } from '#engines/core/context.ts';
import { type Call, callsOf, type Draft, type Step } from '#engines/core/plan.ts';
import { heldByAnother, isGuarded, othersLease, withoutLeased } from '#engines/lease/guard.ts';
import { liveLeases } from '#engines/lease/read.ts';

/** Refuses what would destroy under another's lease; nobody looks for leases where nothing is destroyed. */
export function refuseLeased(draft: Draft, context: Context): Draft {
  // What continues is another activity's plan as it was approved: its steps are looked at as they are reached.
  if (draft.continues || !draft.steps.flatMap(callsOf).some(isGuarded)) return draft;
  return withoutLeased(draft, context);
}

/** Throws `leased`: a lease may have been taken since the plan was made. */
export function requireUnleased({ target }: Step, call: Call, context: Context): void {
  if (!isGuarded(call)) return;
  const lease = othersLease(liveLeases(context), target, context);
  if (lease) throw heldByAnother(lease);
}
