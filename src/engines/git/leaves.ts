import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Expectation, Target } from '#engines/core/plan.ts';
import { readChanges } from './changes.ts';
import { gitBranch, gitChanges, gitHead } from './facts.ts';
import { readBranch, readHead } from './observe.ts';

/** The checked-out branch and its commit, as they are now. */
export async function headNow(context: Context, target: Target): Promise<Expectation[]> {
  const [branch, head] = await Promise.all([readBranch({}, target, context), readHead({}, target, context)]);
  return [expect(gitBranch, {}, branch), expect(gitHead, {}, head)];
}

/** The same with the working tree. */
export async function worktreeNow(context: Context, target: Target): Promise<Expectation[]> {
  const [head, changes] = await Promise.all([headNow(context, target), readChanges({}, target, context)]);
  return [...head, expect(gitChanges, {}, changes)];
}
