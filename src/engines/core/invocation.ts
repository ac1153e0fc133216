import type { Failure } from './errors.ts';
import type { Json } from './json.ts';
import type { Receipt } from './receipt.ts';
import type { DescribedPlan } from './report.ts';

/** One call of an action, as data: what a surface makes of argv, a key or a tool call. */
export interface Invocation {
  action: string;
  input: unknown;
  /** Plan, show, change nothing. */
  dryRun?: boolean;
  /** A yes to whatever is planned, or to exactly the plan with this hash. */
  approval?: { yes: true } | { plan: string };
  /** Plans the failed targets of this activity anew; the input is that activity's. */
  retry?: string;
}

/** How a call ended. */
export type Outcome =
  /** `failure`: what the answer tells is not as it should be. */
  | { kind: 'data'; data: Json; failure?: Failure }
  /** A dry run. */
  | { kind: 'plan'; plan: DescribedPlan }
  /** The plan waits for a yes; call again with its hash. */
  | { kind: 'approval'; plan: DescribedPlan }
  /** Applied; `failure` is that of the first step that did not come out well. */
  | { kind: 'receipt'; receipt: Receipt; data?: Json; failure?: Failure }
  | { kind: 'failure'; failure: Failure };
