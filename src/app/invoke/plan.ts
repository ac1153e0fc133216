import { createHash } from 'node:crypto';
import type * as z from 'zod/mini';
import { findOperation } from '#app/registry/find.ts';
import type { Command } from '#engines/core/action.ts';
import type { Actor } from '#engines/core/actor.ts';
import type { Context } from '#engines/core/context.ts';
import { fields } from '#engines/core/fields.ts';
import { canonical, type Json } from '#engines/core/json.ts';
import {
  type Call,
  callsOf,
  type Draft,
  type Effect,
  isChoice,
  isRest,
  type Plan,
  type Step,
} from '#engines/core/plan.ts';
import type { DescribedCall, DescribedPlan, DescribedStep } from '#engines/core/report.ts';
import { refuseLeased } from './lease.ts';

/** Plans a command: what its planner drafts, with the hash by which it can be approved. */
export async function makePlan(action: Command, input: unknown, context: Context): Promise<Plan> {
  const draft = refuseLeased(await (await action.plan())(input as never, context), context);
  const plan = planOf(action.id, publicInput(action, input), context.workspace, draft);
  requireDeclaredEffects(action, plan);
  return plan;
}

/** The input as it may be kept and shown. */
export function publicInput({ input: schema }: Command, input: unknown): Json {
  const shape = (schema as z.ZodMiniObject).shape as Record<string, z.ZodMiniType>;
  const entries = Object.entries(input as Record<string, Json>);
  return Object.fromEntries(entries.filter(([name]) => !shape[name] || !fields.get(shape[name])?.secret));
}

function requireDeclaredEffects({ id, effects = [] }: Command, plan: Plan): void {
  if (plan.continues) return;
  const allowed: ReadonlySet<Effect> = new Set(['read', 'write', ...effects]);
  const beyond = plan.steps.flatMap(callsOf).find(({ effect }) => !allowed.has(effect));
  if (beyond)
    throw new Error(`${id} plans ${beyond.op}, which is ${beyond.effect}, and does not declare it.`);
}

export function planOf(action: string, input: Json, workspace: string | undefined, draft: Draft): Plan {
  const { steps, refused = [], settled = [], parallel, continues, undoes } = draft;
  const body = { action, input, workspace: placeOf(draft, workspace), steps, refused, continues, undoes };
  const hash = createHash('sha256').update(canonical(body)).digest('hex');
  return { ...body, settled, parallel, hash };
}

function placeOf({ workspace }: Draft, callers: string | undefined): string | undefined {
  return workspace === undefined ? callers : (workspace ?? undefined);
}

/** The plan with the words for it, one description per call from the operation that will run. */
export async function describePlan(plan: Plan, actor: Actor): Promise<DescribedPlan> {
  const described = await Promise.all(plan.steps.map(describeStep));
  return { ...plan, described, needsApproval: needsApproval(plan, actor) };
}

async function describeStep(step: Step): Promise<DescribedStep> {
  const calls = isChoice(step)
    ? await Promise.all(
        Object.entries(step.outcomes).map(
          async ([when, outcome]): Promise<DescribedCall> =>
            isRest(outcome)
              ? { when, effect: 'read', summary: outcome.reason, commands: [] }
              : { when, ...(await describeCall(step, outcome)) },
        ),
      )
    : [await describeCall(step, step)];
  return { id: step.id, target: step.target, calls };
}

export async function describeCall(step: Step, call: Call): Promise<DescribedCall> {
  const operation = await findOperation(call.op);
  return {
    effect: call.effect,
    ...(call.irreversible ? { irreversible: true } : {}),
    ...operation.describe(call.args, step.target),
  };
}

/** An agent's plan is shown first also where it only can't be taken back. */
function needsApproval(plan: Plan, { kind }: Actor): boolean {
  return plan.steps
    .flatMap(callsOf)
    .some(
      ({ effect, irreversible = false }) =>
        effect === 'destructive' || effect === 'outward' || (irreversible && kind === 'agent'),
    );
}
