import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Rest } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { gitBranch, gitRef, gitStanding } from '#engines/git/facts.ts';
import { gitBranchTrack, gitFetch } from '#engines/git/operations.ts';
import type { Course } from './course.ts';
import { flowError } from './errors.ts';
import { checkedOut, type FlowState } from './state.ts';

/** What is published of a branch, by short and by full name. */
export function publishedOf({ model }: FlowState, branch: string): { name: string; ref: string } {
  const name = `${model.origin}/${branch}`;
  return { name, ref: `refs/remotes/${name}` };
}

/** The end of a choice where a fetch has found that nothing is published. */
export function unpublished({ repo }: FlowState, name: string): Rest {
  const { failure } = flowError('flow-branch-missing', `${repo.name}: there is no ${name}.`, {
    next: [`git -C ${quote(repo.path)} branch --remotes`],
  });
  return { status: 'refused', reason: failure.message, failure };
}

/** Fetches, and makes a branch that is not here yet from what is published of it. */
export function addTrack(course: Course, state: FlowState, branch: string): void {
  const { home } = state;
  const published = publishedOf(state, branch);
  course.add(home.target, call(gitFetch, { prune: false }), [
    expect(gitBranch, {}, home.branch ?? 'detached'),
    expect(gitRef, { ref: `refs/heads/${branch}` }, 'absent'),
  ]);
  course.choose(home.target, {
    fact: gitStanding.id,
    args: { ref: published.ref, against: published.ref },
    outcomes: {
      equal: call(gitBranchTrack, { branch, upstream: published.name, from: checkedOut(home) }),
      none: unpublished(state, published.name),
    },
  });
}
