import type { Failure } from './errors.ts';
import type { Json } from './json.ts';
import type { Call, Expectation, Target } from './plan.ts';

/** `unknown`: the process died between intent and receipt; `replan`: the world is not the one that was planned for. */
export type StepStatus = 'done' | 'skipped' | 'refused' | 'failed' | 'cancelled' | 'unknown' | 'replan';

/** Statuses that need nothing more, whoever continues the plan. */
const SETTLED: ReadonlySet<StepStatus> = new Set(['done', 'skipped', 'refused', 'failed']);

/** Whether a step with this receipt is behind a plan that is continued. */
export function isSettled({ status }: StepReceipt): boolean {
  return SETTLED.has(status);
}

/** What came of one step. */
export interface StepReceipt {
  step: string;
  target: Target;
  status: StepStatus;
  /** One line: `3 commits, 12 files`. */
  summary: string;
  failure?: Failure;
  /** Operation that ran, where a choice took one of several. */
  op?: string;
  /** What the operation left as data, for the action's output. */
  result?: Json;
  /** The calls that take it back; absent where nothing was changed or nothing can take it back. */
  inverse?: Call[];
  /** Facts as the step left them: undo relies on them. */
  leaves?: Expectation[];
  /** Milliseconds since the epoch, and milliseconds. */
  startedAt: number;
  duration: number;
}

/** `refused`: nothing failed, and something was left as it was, with the reason. */
export type ReceiptStatus = 'done' | 'refused' | 'failed' | 'cancelled' | 'interrupted' | 'running';

/** What came of a plan. */
export interface Receipt {
  /** The activity that this is the receipt of: `gantry activity show ID`, `gantry undo ID`. */
  activity: string;
  action: string;
  plan: string;
  status: ReceiptStatus;
  steps: StepReceipt[];
}

/** The first step that did not come out well; its failure decides the exit code. */
export function firstFailure(receipt: Receipt): Failure | undefined {
  return receipt.steps.find((step) => step.failure)?.failure;
}
