import { type JournalledStep, record } from '#engines/activity/journal.ts';
import type { Context } from '#engines/core/context.ts';
import { failureOf } from '#engines/core/errors.ts';
import { type Plan, type Step, targetKey } from '#engines/core/plan.ts';
import type { StepReceipt, StepStatus } from '#engines/core/receipt.ts';
import { slots } from '#engines/core/slots.ts';
import { lock, unlock } from '#engines/store/locks.ts';
import { ownIdentity } from '#engines/store/process.ts';
import { store } from '#engines/store/store.ts';
import { invokeError } from './errors.ts';
import { applyStep, notReached, receiptOf, settledReceipt } from './step.ts';

/** A plan under way, or continued after its process died. */
export interface Run {
  plan: Plan;
  activity: string;
  /** What an earlier process journalled, by step id; empty for a new activity. */
  journal: ReadonlyMap<string, JournalledStep>;
  /** The activity in which the same command has since come to its end: what is left of this one is not begun. */
  finishedBy?: string;
  context: Context;
}

/** Statuses after which the later steps of the same target still make sense. */
const GOES_ON: ReadonlySet<StepStatus> = new Set(['done', 'skipped']);

/** Applies every target's steps in order, the targets side by side; one target's failure never stops another. */
export async function apply(run: Run): Promise<StepReceipt[]> {
  const chains = Object.values(Object.groupBy(run.plan.steps, (step) => targetKey(step.target))) as Step[][];
  const receipts = new Map(run.plan.steps.map((step) => [step.id, Promise.withResolvers<StepReceipt>()]));
  // A step stands before those that wait for it, so that what is waited for always has begun.
  const pool = slots(run.plan.parallel ?? chains.length);
  await Promise.all(chains.map((chain) => pool.run(() => applyChain(chain))));
  return Promise.all(run.plan.steps.map((step) => receiptsOf(step.id)));

  async function applyChain(chain: Step[]): Promise<void> {
    const first = chain.find((step) => !settledReceipt(run, step));
    const lockFailure = first && (await takeLock(run, first));
    let blocked = lockFailure;
    for (const step of chain) {
      const receipt = settledReceipt(run, step) ?? (await reach(step, blocked));
      receipts.get(step.id)?.resolve(receipt);
      if (!GOES_ON.has(receipt.status)) blocked ??= receipt;
    }
    // Also what a process that died had locked, where nothing was left to do.
    if (!lockFailure) unlock(run.context.use(store), targetKey((chain[0] as Step).target), run.activity);
  }

  async function reach(step: Step, blocked?: StepReceipt): Promise<StepReceipt> {
    return blocked ? skip(run, step, blocked) : applyStep(run, step, await waitFor(step));
  }

  /** The first step that this one had to wait for and that did not come out well. */
  async function waitFor(step: Step): Promise<StepReceipt | undefined> {
    const earlier = await Promise.all((step.after ?? []).map(receiptsOf));
    return earlier.find((receipt) => !GOES_ON.has(receipt.status));
  }

  function receiptsOf(id: string): Promise<StepReceipt> {
    return receipts.get(id)?.promise ?? Promise.reject(new Error(`The plan has no step ${id}.`));
  }
}

/** Undefined once the step's target is locked; otherwise what to say of the step. */
async function takeLock(run: Run, step: Step): Promise<StepReceipt | undefined> {
  try {
    const holder = await lock(run.context.use(store), {
      target: targetKey(step.target),
      activity: run.activity,
      process: ownIdentity(),
      signal: run.context.signal,
    });
    if (!holder) return undefined;
    throw invokeError('target-busy', `Activity ${holder.activity} is changing ${step.target.name}.`, {
      next: [`gantry activity show ${holder.activity}`],
    });
  } catch (thrown) {
    const failure = failureOf(thrown);
    const status = failure.exit === 'interrupted' ? 'cancelled' : 'refused';
    return receiptOf(run, step, { status, summary: failure.message, failure });
  }
}

function skip(run: Run, step: Step, because: StepReceipt): StepReceipt {
  const receipt = because.step === step.id ? because : notReached(run, step, because);
  record(run.context.use(store), run.activity, receipt);
  run.context.report({ kind: 'step', activity: run.activity, step: receipt });
  return receipt;
}
