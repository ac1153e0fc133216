import { findFact, findOperation } from '#app/registry/find.ts';
import { finishedWords } from '#engines/activity/finished.ts';
import { intend, record } from '#engines/activity/journal.ts';
import { failureOf } from '#engines/core/errors.ts';
import { firstUnmet, type Midway } from '#engines/core/fact.ts';
import type { Applied } from '#engines/core/operation.ts';
import { type Call, isChoice, isRest, type Rest, type Step } from '#engines/core/plan.ts';
import { isSettled, type StepReceipt } from '#engines/core/receipt.ts';
import { store } from '#engines/store/store.ts';
import { againDry } from './again.ts';
import type { Run } from './apply.ts';
import { invokeError } from './errors.ts';
import { requireUnleased } from './lease.ts';
import { describeCall } from './plan.ts';

/** Milliseconds for finding out what became of a step that was cancelled. */
const LAST_LOOK = 10_000;

/** The journalled receipt of a step that needs nothing more. */
export function settledReceipt({ journal }: Run, { id }: Step): StepReceipt | undefined {
  const receipt = journal.get(id)?.receipt;
  return receipt && isSettled(receipt) ? receipt : undefined;
}

/** What becomes of a step behind one that did not come out well: continuing the plan reaches it if it reaches that one. */
export function notReached(run: Run, step: Step, blocker: StepReceipt): StepReceipt {
  return receiptOf(run, step, {
    status: isSettled(blocker) ? 'skipped' : blocker.status,
    summary: `not reached: ${blocker.step} was ${blocker.status}`,
  });
}

/** Applies one step, journalling intent and receipt; never throws. */
export async function applyStep(run: Run, step: Step, blocker?: StepReceipt): Promise<StepReceipt> {
  const startedAt = run.context.now();
  const receipt = await attempt(run, step, blocker);
  const timed = { ...receipt, startedAt, duration: run.context.now() - startedAt };
  record(run.context.use(store), run.activity, timed);
  run.context.report({ kind: 'step', activity: run.activity, step: timed });
  return timed;
}

async function attempt(run: Run, step: Step, blocker?: StepReceipt): Promise<StepReceipt> {
  try {
    run.context.signal.throwIfAborted();
    if (blocker) return notReached(run, step, blocker);
    const begun = run.journal.get(step.id)?.op;
    if (begun) return await continueStep(run, step, begun);
    if (run.finishedBy !== undefined) return finished(run, step, run.finishedBy);
    await checkExpectations(run, step);
    const outcome = isChoice(step) ? await choose(run, step) : step;
    return isRest(outcome) ? rest(run, step, outcome) : await perform(run, step, outcome);
  } catch (thrown) {
    const failure = failureOf(thrown);
    return receiptOf(run, step, { status: statusOf(failure.code), summary: failure.message, failure });
  }
}

function statusOf(code: string): StepReceipt['status'] {
  if (code === 'cancelled') return 'cancelled';
  if (code === 'leased') return 'refused';
  return code === 'world-moved' || code === 'no-such-outcome' ? 'replan' : 'failed';
}

/** A process died between this step's intent and its receipt: asks the operation whether it happened, else runs it. */
async function continueStep(run: Run, step: Step, op: string): Promise<StepReceipt> {
  const calls = isChoice(step) ? Object.values(step.outcomes) : [step];
  const call = calls.find((one): one is Call => !isRest(one) && one.op === op) as Call;
  const operation = await findOperation(op);
  const happened = await (await operation.check())(application(run, step, call), run.context);
  if (happened === 'unknown') return unknown(run, step, call);
  if (happened) return done(run, step, call, happened);
  if (run.finishedBy !== undefined) return finished(run, step, run.finishedBy);
  await checkExpectations(run, step, operation.midway?.(call.args));
  return perform(run, step, call);
}

function finished(run: Run, step: Step, by: string): StepReceipt {
  return receiptOf(run, step, { status: 'skipped', summary: finishedWords(by) });
}

async function unknown(run: Run, step: Step, call: Call): Promise<StepReceipt> {
  const { summary } = await describeCall(step, call);
  const { failure } = invokeError(
    'outcome-unknown',
    `${step.target.name}: ${summary}: begun, and broken off.`,
    {
      next: [`gantry activity show ${run.activity}`, againDry(run.plan)],
    },
  );
  return receiptOf(run, step, { status: 'unknown', op: call.op, summary: failure.message, failure });
}

async function checkExpectations({ context, plan }: Run, step: Step, midway?: Midway): Promise<void> {
  const { name } = step.target;
  const unmet = await firstUnmet(step.expects, step.target, context, midway);
  if (!unmet) return;
  const { fact, is: was } = unmet.expectation;
  throw invokeError('world-moved', `${name}: ${unmet.words}.`, {
    next: [againDry(plan)],
    details: { fact, was, is: unmet.answer },
  });
}

async function choose(run: Run, step: Extract<Step, { outcomes: unknown }>): Promise<Call | Rest> {
  const fact = await findFact(step.fact);
  const answer = await (await fact.read())(step.args, step.target, run.context);
  const outcome = step.outcomes[answer];
  if (outcome) return outcome;
  throw invokeError('no-such-outcome', `${step.target.name}: ${fact.label(step.args)} is ${answer}.`, {
    next: [againDry(run.plan)],
  });
}

function rest(run: Run, step: Step, { status, reason, failure }: Rest): StepReceipt {
  const refusal = status === 'refused' ? (failure ?? invokeError('refused', reason).failure) : undefined;
  return receiptOf(run, step, { status, summary: reason, failure: refusal });
}

async function perform(run: Run, step: Step, call: Call): Promise<StepReceipt> {
  requireUnleased(step, call, run.context);
  const operation = await findOperation(call.op);
  const { commands } = await describeCall(step, call);
  intend(run.context.use(store), { activity: run.activity, step, call, commands, at: run.context.now() });
  try {
    const applied = await (await operation.apply())(application(run, step, call), run.context);
    return await done(run, step, call, applied);
  } catch (thrown) {
    const happened = run.context.signal.aborted && (await lookAgain(run, step, call));
    if (happened) return done(run, step, call, happened);
    throw thrown;
  }
}

/** What changes a target runs to its end also when it is cancelled: its receipt says what became of it. */
async function lookAgain(run: Run, step: Step, call: Call): Promise<Applied | undefined> {
  const operation = await findOperation(call.op);
  const context = { ...run.context, signal: AbortSignal.timeout(LAST_LOOK) };
  const happened = await (await operation.check())(application(run, step, call), context).catch(
    () => undefined,
  );
  return happened === 'unknown' ? undefined : happened;
}

async function done(run: Run, step: Step, call: Call, applied: Applied): Promise<StepReceipt> {
  const operation = await findOperation(call.op);
  const inverse = operation.invert?.(call.args, applied.result) ?? [];
  return receiptOf(run, step, {
    status: 'done',
    op: call.op,
    ...(inverse.length > 0 ? { inverse } : {}),
    ...applied,
  });
}

function application(run: Run, step: Step, call: Call) {
  return { args: call.args, target: step.target, activity: run.activity, step: step.id };
}

export function receiptOf(
  run: Run,
  step: Pick<Step, 'id' | 'target'>,
  rest: Pick<StepReceipt, 'status' | 'summary'> & Partial<StepReceipt>,
): StepReceipt {
  return { step: step.id, target: step.target, startedAt: run.context.now(), duration: 0, ...rest };
}
