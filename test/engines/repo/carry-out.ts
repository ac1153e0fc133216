import type { Context } from '../../../src/engines/core/context.ts';
import type { AnyFact } from '../../../src/engines/core/fact.ts';
import type { AnyOperation } from '../../../src/engines/core/operation.ts';
import {
  type Call,
  type Draft,
  isChoice,
  isRest,
  type Step,
  type Target,
} from '../../../src/engines/core/plan.ts';
import type { Receipt, StepReceipt } from '../../../src/engines/core/receipt.ts';
import * as facts from '../../../src/engines/git/facts.ts';
import * as operations from '../../../src/engines/git/operations.ts';

let activities = 0;

/** Applies a draft step by step, as the spine does on a quiet day, and throws where it would refuse. */
export async function carryOut(context: Context, draft: Pick<Draft, 'steps'>): Promise<Receipt> {
  activities += 1;
  const activity = String(activities);
  const steps: StepReceipt[] = [];
  for (const step of draft.steps) steps.push(await carryOutStep(context, activity, step));
  return { activity, action: 'test', plan: '', status: 'done', steps };
}

/** The steps that take a receipt back, last one first; what a step left must still be so before its first. */
export function inverseOf(receipt: Receipt): Pick<Draft, 'steps'> {
  const calls = receipt.steps
    .toReversed()
    .flatMap(({ target, inverse = [], leaves = [] }) =>
      inverse.map((call, index) => ({ target, call, leaves: index === 0 ? leaves : [] })),
    );
  return {
    steps: calls.map(({ target, call, leaves }, index) => ({
      id: `${target.name}/${index + 1}`,
      target,
      expects: leaves,
      ...call,
    })),
  };
}

async function carryOutStep(context: Context, activity: string, step: Step): Promise<StepReceipt> {
  for (const { fact, args, is } of step.expects) {
    const answer = await answerOf(context, step.target, fact, args);
    if (answer !== is) throw new Error(`${fact} is ${answer}, not ${is}`);
  }
  const receipt = { step: step.id, target: step.target, startedAt: 0, duration: 0 };
  const outcome = isChoice(step)
    ? step.outcomes[await answerOf(context, step.target, step.fact, step.args)]
    : step;
  if (!outcome) throw new Error(`${step.id} has no such outcome`);
  if (isRest(outcome)) return { ...receipt, status: outcome.status, summary: outcome.reason };
  const operation = byId<AnyOperation>(operations, outcome.op);
  const { args } = outcome as Call;
  const applied = await (await operation.apply())(
    { args, target: step.target, activity, step: step.id },
    context,
  );
  return {
    ...receipt,
    ...applied,
    status: 'done',
    op: outcome.op,
    inverse: operation.invert?.(args, applied.result),
  };
}

async function answerOf(context: Context, target: Target, id: string, args: object): Promise<string> {
  return (await byId<AnyFact>(facts, id).read())(args, target, context);
}

function byId<T extends { id: string }>(declarations: object, id: string): T {
  const found = Object.values(declarations).find((one: T) => one.id === id);
  if (!found) throw new Error(`There is no ${id}.`);
  return found;
}
