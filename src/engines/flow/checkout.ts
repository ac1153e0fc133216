import type { Context } from '#engines/core/context.ts';
import type { Draft } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import type { FlowKind } from '#engines/git/flow-config.ts';
import { requireIdle } from './check.ts';
import { createCourse } from './course.ts';
import { flowError } from './errors.ts';
import { planExisting, type Style, styleOf } from './plan.ts';
import { type FlowState, placeOfBranch } from './state.ts';

interface CheckoutInput {
  name: string;
  repos: string[];
  style?: Style;
}

export const planCheckout =
  (kind: FlowKind) =>
  async ({ name, repos, ...input }: CheckoutInput, context: Context): Promise<Draft> => {
    const expand = (await styleOf(context, input.style)) === 'avh';
    return planExisting(context, { kind, name, repos, expand }, async (state, branch, bounded) => {
      if (state.home.branch === branch) return { settled: `${branch} is checked out` };
      requireNotElsewhere(state, branch);
      requireIdle(state.home.target);
      const course = createCourse(bounded, state);
      await course.bring(branch);
      return { steps: course.steps };
    });
  };

/** A branch is checked out in one worktree at a time. */
export function requireNotElsewhere(state: FlowState, branch: string): void {
  const place = placeOfBranch(state, branch);
  if (!place || place === state.home) return;
  const path = place.target.path as string;
  throw flowError('flow-branch-elsewhere', `${state.repo.name}: ${branch} is checked out in ${path}.`, {
    next: [`cd ${quote(path)}`],
  });
}
