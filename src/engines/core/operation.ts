import type * as z from 'zod/mini';
import type { Lazy } from './action.ts';
import type { Context } from './context.ts';
import type { Midway } from './fact.ts';
import type { Json } from './json.ts';
import type { Args, Call, Effect, Expectation, Target } from './plan.ts';
import type { Description } from './report.ts';

type Schema = z.ZodMiniType<Args>;

/** What an operation left behind. */
export interface Applied {
  /** One line, past tense or counts: `3 commits, 12 files`. */
  summary: string;
  /** Kept in the receipt: what `invert` and the action's output need. */
  result?: Json;
  /** Facts as they now are; undo refuses when they no longer hold. */
  leaves?: Expectation[];
}

/** The call that is being carried out, and the activity and step it belongs to (names for snapshots). */
export interface Application<A = Args> {
  args: A;
  target: Target;
  activity: string;
  step: string;
}

/** One change to one target. */
export interface Operation<S extends Schema = Schema> {
  /** Begins with the engine that has it: `git.reset`. */
  id: string;
  args: S;
  effect: Effect;
  /** A plan with it is applied by the daemon, whoever made it: it changes what the daemon keeps. */
  resident?: true;
  /** It goes over what is there, and keeps that: its effect needs no approval, and another's lease stands against it. */
  overwrites?: true;
  /** Always the same words for the same arguments; its commands come from the builder that `apply` runs. */
  describe(args: z.output<S>, target: Target): Description;
  /** After a crash: did this step happen? `undefined`: it did not, apply it (again). `unknown`: nobody can tell. */
  check: Lazy<
    (application: Application<z.output<S>>, context: Context) => Promise<Applied | 'unknown' | undefined>
  >;
  apply: Lazy<(application: Application<z.output<S>>, context: Context) => Promise<Applied>>;
  /** Facts that it can't do without, whoever calls it and when: what it brings back still exists. */
  needs?(args: z.output<S>): Expectation[];
  /** What it takes of this machine beside its target, and planners leave to it meanwhile; see `claims`. */
  claims?(args: z.output<S>): string[];
  /** What applying it in part may have done to the facts that its step relies on. */
  midway?(args: z.output<S>): Midway;
  /** The calls that take it back, in order; absent: it can't be undone. */
  invert?(args: z.output<S>, result: Json | undefined): Call[];
}

// biome-ignore lint/suspicious/noExplicitAny: the arguments' types are known where the operation is declared
export type AnyOperation = Operation<any>;

export function operation<S extends Schema>(declaration: Operation<S>): Operation<S> {
  return declaration;
}

/** A call of an operation, typed by its schema; the effect is the operation's own. */
export function call<S extends Schema>(operation: Operation<S>, args: z.input<S> & Args): Call {
  return {
    op: operation.id,
    args,
    effect: operation.effect,
    ...(operation.invert ? {} : operation.effect === 'read' ? {} : { irreversible: true }),
    ...(operation.overwrites ? { overwrites: true } : {}),
  };
}
