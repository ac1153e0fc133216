import type { Lazy } from './action.ts';
import type { Context } from './context.ts';
import type { Args, Expectation, Target } from './plan.ts';

/**
 * A named question to the world with serialisable arguments and a short text as answer (an object id, `clean`, `behind`).
 * Steps expect answers, choices branch on them, and undo compares them with what a step left.
 */
export interface Fact<A extends Args = Args> {
  /** Begins with the engine that has it: `git.head`. */
  id: string;
  /** The answer's name in a sentence: `the commit of HEAD`. */
  label(args: A): string;
  read: Lazy<(args: A, target: Target, context: Context) => Promise<string>>;
}

// biome-ignore lint/suspicious/noExplicitAny: the arguments' types are known where the fact is declared
export type AnyFact = Fact<any>;

export function fact<A extends Args = Args>(declaration: Fact<A>): Fact<A> {
  return declaration;
}

/** By the id of a fact, the answers that are as good as the expected one once an operation was applied in part. */
export type Midway = { [fact: string]: readonly string[] | 'any' };

/** An expectation that the world does not meet. */
export interface Unmet {
  expectation: Expectation;
  answer: string;
  /** `the commit of HEAD is X, not Y`. */
  words: string;
}

/** The first expectation that does not hold. */
export async function firstUnmet(
  expects: readonly Expectation[],
  target: Target,
  context: Context,
  midway: Midway = {},
): Promise<Unmet | undefined> {
  for (const expectation of expects) {
    const { fact: id, args, is } = expectation;
    const fact = await context.registry.fact(id);
    const answer = await (await fact.read())(args, target, context);
    const other = midway[id];
    if (answer === is || other === 'any' || other?.includes(answer)) continue;
    return { expectation, answer, words: `${fact.label(args)} is ${answer}, not ${is}` };
  }
  return undefined;
}

/** Relies on a fact: `expect(gitHead, {}, oid)`. */
export function expect<A extends Args>(fact: Fact<A>, args: A, is: string): Expectation {
  return { fact: fact.id, args, is };
}
