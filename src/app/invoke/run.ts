import { brokenOff, keepPlan, planOf as keptPlan } from '#engines/activity/journal.ts';
import type { Command } from '#engines/core/action.ts';
import type { Context } from '#engines/core/context.ts';
import type { Invocation, Outcome } from '#engines/core/invocation.ts';
import { canonical, type Json } from '#engines/core/json.ts';
import type { Plan } from '#engines/core/plan.ts';
import { firstFailure } from '#engines/core/receipt.ts';
import { store } from '#engines/store/store.ts';
import { againDry } from './again.ts';
import { approve } from './approve.ts';
import { claim, claimAnew } from './claim.ts';
import { invokeError } from './errors.ts';
import { forward, isForDaemon } from './forward.ts';
import { applyPlan } from './journalled.ts';
import { describePlan, makePlan, planOf, publicInput } from './plan.ts';
import { onlyFailed } from './retry.ts';

/** Each time another has come first, which can only go on as long as others come. */
const MOST_TRIES = 20;

type Manner = Pick<Invocation, 'dryRun' | 'approval' | 'retry'>;

/** Plans a command and, where that is approved, applies the plan. */
export async function runCommand(
  action: Command,
  input: unknown,
  manner: Manner,
  context: Context,
): Promise<Outcome> {
  for (let tries = 1; ; tries++) {
    const outcome = await runOnce(action, input, manner, context);
    if (outcome) return outcome;
    if (tries === MOST_TRIES) throw overtaken(action, input);
  }
}

/** Resolves with nothing where another plan has taken what this one was to take, and nobody has approved this very one. */
async function runOnce(
  action: Command,
  input: unknown,
  manner: Manner,
  context: Context,
): Promise<Outcome | undefined> {
  const plan = await planFor(action, input, manner, context);
  const described = await describePlan(plan, context.actor);
  context.report({ kind: 'plan', plan: described });
  const approved = manner.dryRun ? 'shown' : await approve(described, manner.approval, context);
  const isApproved = described.needsApproval || (manner.approval !== undefined && 'plan' in manner.approval);
  // Kept only now: a plan that nobody was shown must not be there to be approved by its hash.
  keepPlan(context.use(store), plan, context.actor.name, context.now());
  if (approved === 'shown') return { kind: 'plan', plan: described };
  if (approved === 'waits') return { kind: 'approval', plan: described };
  if (await isForDaemon(plan, context)) {
    const { retry, approval } = manner;
    const told = isApproved ? { plan: plan.hash } : approval;
    return forward({ action: action.id, input, retry, approval: told }, plan, context);
  }
  const release = await (isApproved ? claim : claimAnew)(plan, context);
  if (!release && isApproved) throw overtaken(action, input);
  if (!release) return undefined;
  const receipt = await applyPlan(plan, context).finally(release);
  const conclude = await action.conclude?.();
  return {
    kind: 'receipt',
    receipt,
    data: conclude?.(receipt, input as never) as Json | undefined,
    failure: firstFailure(receipt),
  };
}

function overtaken(action: Command, input: unknown) {
  return invokeError('plan-moved', 'Another plan, which is being applied, takes what this one was to take.', {
    next: [againDry({ action: action.id, input: publicInput(action, input) })],
  });
}

/** A new plan, or, for the hash of a plan that was broken off, what is left of that one. */
async function planFor(
  action: Command,
  input: unknown,
  { approval, retry }: Manner,
  context: Context,
): Promise<Plan> {
  const opened = context.use(store);
  const kept = approval && 'plan' in approval ? keptPlan(opened, approval.plan) : undefined;
  const begun = kept && isOf(kept, action, input, context) ? brokenOff(opened, kept.hash) : undefined;
  if (kept && begun) return { ...kept, continues: begun };
  const plan = await makePlan(action, input, context);
  return retry === undefined
    ? plan
    : planOf(plan.action, plan.input, plan.workspace, onlyFailed(plan, opened, retry));
}

/** A hash continues only the call that it was shown for: it is no way to run another. */
function isOf(plan: Plan, action: Command, input: unknown, { workspace }: Context): boolean {
  if (action.needsWorkspace !== false && plan.workspace !== workspace) return false;
  return plan.action === action.id && canonical(plan.input) === canonical(publicInput(action, input));
}
