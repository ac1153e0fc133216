import type { Failure } from './errors.ts';
import type { Json } from './json.ts';

/** `read` never asks, `write` runs, `destructive` and `outward` need approval. */
export type Effect = 'read' | 'write' | 'destructive' | 'outward';

export type Args = { [key: string]: Json };

/** The one thing that a step changes; steps of different targets are independent unless `after` says otherwise. */
export interface Target {
  kind:
    | 'repo'
    | 'workspace'
    | 'file'
    | 'setting'
    | 'daemon'
    | 'store'
    | 'process'
    | 'service'
    | 'schedule'
    | 'download'
    | 'trigger'
    | 'gateway';
  /** Name shown to people, unique within its kind in one plan. */
  name: string;
  /** Absolute path where it lives, if it lives in the file system. */
  path?: string;
  /** Where `path` is a linked worktree: the path of the repo, with which it shares refs, a lock and its place in the plan. */
  repo?: string;
}

/** Something a step relies on: the named fact, asked with these arguments, has to give this answer. */
export interface Expectation {
  fact: string;
  args: Args;
  is: string;
}

/** One operation by name with serialisable arguments. */
export interface Call {
  op: string;
  args: Args;
  effect: Effect;
  /** True where nothing can bring back what this changes. */
  irreversible?: boolean;
  /** True where it goes over what somebody may be at work on: nobody is asked, but another's lease stands against it. */
  overwrites?: boolean;
}

/** An end of a choice that changes nothing and says why. */
export interface Rest {
  status: 'skipped' | 'refused';
  reason: string;
  /** What a refusal is to the caller; absent: a plain `refused`. */
  failure?: Failure;
}

interface StepBase {
  /** Unique in its plan and stable across planning again: `api/2`. */
  id: string;
  target: Target;
  expects: Expectation[];
  /** Ids of steps of other targets that must be done first; steps of one target always run in order. */
  after?: string[];
}

export interface OperationStep extends StepBase, Call {}

/** Asks a fact at the time of applying and takes the listed outcome; an answer that is not listed ends the target with `replan`. */
export interface ChoiceStep extends StepBase {
  fact: string;
  args: Args;
  outcomes: Record<string, Call | Rest>;
}

export type Step = OperationStep | ChoiceStep;

/** A target that planning refused, with the reason; the others go on. */
export interface Refusal {
  target: Target;
  failure: Failure;
}

/** A target for which there is nothing to do, with the reason. */
export interface Settled {
  target: Target;
  reason: string;
}

/** What a command's planner returns. Planning reads and never writes. */
export interface Draft {
  steps: Step[];
  refused?: Refusal[];
  settled?: Settled[];
  /** The most targets that are changed at once; all of them unless told. */
  parallel?: number;
  /** The workspace that this makes, where it is not the caller's; null where it is about the machine. */
  workspace?: string | null;
  /** The activity whose journal this plan continues: its own plan is applied, from where it stopped. */
  continues?: string;
  /** The activity that this plan takes back. */
  undoes?: string;
}

/** What a command will do, as data: it can be shown, hashed, approved elsewhere, resumed and undone. */
export interface Plan extends Omit<Draft, 'workspace'> {
  refused: Refusal[];
  settled: Settled[];
  action: string;
  /** The validated input, secrets left out. */
  input: Json;
  workspace?: string;
  /** Of action, input, workspace and steps; never of clock or measurements. */
  hash: string;
}

export function isChoice(step: Step): step is ChoiceStep {
  return 'outcomes' in step;
}

export function isRest(outcome: Call | Rest): outcome is Rest {
  return 'status' in outcome;
}

/** Every operation that a step may run. */
export function callsOf(step: Step): Call[] {
  if (!isChoice(step)) return [step];
  return Object.values(step.outcomes).filter((outcome): outcome is Call => !isRest(outcome));
}

/** Locks and receipts go by this. */
export function targetKey({ kind, name, path, repo }: Target): string {
  return `${kind}:${repo ?? path ?? name}`;
}
