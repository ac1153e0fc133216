import type { Effect, Plan, Target } from './plan.ts';
import type { Receipt, StepReceipt } from './receipt.ts';

/** What a running action tells while it runs; surfaces render it, none of it is data. */
export type Report =
  | { kind: 'plan'; plan: DescribedPlan }
  /** `total` absent: not known. */
  | {
      kind: 'progress';
      target?: string;
      label: string;
      done?: number;
      total?: number;
      unit?: 'bytes' | 'items';
    }
  /** A real command line as it runs, for the command log. */
  | { kind: 'command'; target?: string; argv: string[]; cwd?: string }
  | { kind: 'step'; activity: string; step: StepReceipt }
  | { kind: 'started'; activity: string }
  | { kind: 'ended'; receipt: Receipt }
  | { kind: 'note'; text: string };

/** What a step says that it runs. */
export interface Description {
  /** One line, imperative: `fast-forward main to origin/main`. */
  summary: string;
  /** The commands as argument vectors, empty where no command is run. */
  commands: string[][];
}

/** One line of a plan as people see it; a choice has a line per outcome. */
export interface DescribedCall extends Description {
  /** The answer under which this runs, in a choice. */
  when?: string;
  effect: Effect;
  irreversible?: boolean;
}

export interface DescribedStep {
  id: string;
  target: Target;
  calls: DescribedCall[];
}

/** A plan with the words for it; the words are derived and not part of the hash. */
export interface DescribedPlan extends Plan {
  described: DescribedStep[];
  /** True where applying needs a person's yes. */
  needsApproval: boolean;
}
