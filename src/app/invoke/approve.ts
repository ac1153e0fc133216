import { planOf } from '#engines/activity/journal.ts';
import type { Context } from '#engines/core/context.ts';
import type { Invocation } from '#engines/core/invocation.ts';
import type { DescribedPlan } from '#engines/core/report.ts';
import { store } from '#engines/store/store.ts';
import { againDry } from './again.ts';
import { invokeError } from './errors.ts';

/**
 * Whether the plan may be applied now. An agent's yes counts only for the hash of a plan that was shown;
 * without a yes the person at the screen is asked, and where nobody can be asked the plan waits.
 */
export async function approve(
  plan: DescribedPlan,
  approval: Invocation['approval'],
  context: Context,
): Promise<'approved' | 'waits'> {
  if (approval && 'plan' in approval) return approveHash(plan, approval.plan, context);
  if (!plan.needsApproval) return 'approved';
  if (approval && context.actor.kind !== 'agent') return 'approved';
  const answer = await context.ask({ kind: 'approve', plan });
  if (answer.kind === 'yes') return 'approved';
  if (answer.kind === 'needs-input') return 'waits';
  throw invokeError('not-approved', 'The plan was not approved.');
}

/** Also by the beginning of a hash. */
function approveHash(plan: DescribedPlan, hash: string, context: Context): 'approved' {
  const shown = planOf(context.use(store), hash);
  if (!shown) {
    throw invokeError('plan-unseen', `No plan with the hash ${hash} was ever shown.`, {
      next: [againDry(plan)],
    });
  }
  if (shown.hash === plan.hash) return 'approved';
  throw invokeError(
    'plan-moved',
    `The plan is now ${plan.hash.slice(0, 12)}, not ${shown.hash.slice(0, 12)}.`,
    {
      next: [againDry(plan)],
    },
  );
}
