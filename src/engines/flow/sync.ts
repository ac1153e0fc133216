import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import type { Call, ChoiceStep, Draft, Rest } from '#engines/core/plan.ts';
import { gitStanding } from '#engines/git/facts.ts';
import { FLOW_KINDS } from '#engines/git/flow-config.ts';
import { gitBranchForward, gitFastForward, gitFetch } from '#engines/git/operations.ts';
import { createCourse } from './course.ts';
import { requireRemote } from './finish/push.ts';
import { planFlow } from './plan.ts';
import { type FlowState, placeOfBranch } from './state.ts';

/** Fetches, then each branch of the model follows what is published of it as far as that is a fast-forward. */
export function planSync({ repos }: { repos: string[] }, context: Context): Promise<Draft> {
  return planFlow(context, repos, async (state, bounded) => {
    await requireRemote(bounded, state);
    const course = createCourse(bounded, state);
    const [main] = state.places;
    course.add((main ?? state.home).target, call(gitFetch, { prune: false }));
    for (const branch of branchesOf(state)) {
      const remote = `${state.model.origin}/${branch}`;
      const place = placeOfBranch(state, branch);
      course.choose(place?.target ?? state.home.target, {
        fact: gitStanding.id,
        args: { ref: `refs/heads/${branch}`, against: `refs/remotes/${remote}` },
        outcomes: outcomesOf(state, branch, remote),
      });
    }
    return { steps: course.steps };
  });
}

function branchesOf({ model, branches }: FlowState): string[] {
  const isFlow = (name: string) =>
    FLOW_KINDS.some((kind) => model.prefixes[kind] !== '' && name.startsWith(model.prefixes[kind]));
  return [...branches.keys()].filter((name) => [model.main, model.develop].includes(name) || isFlow(name));
}

function outcomesOf(state: FlowState, branch: string, remote: string): ChoiceStep['outcomes'] {
  const rest = (reason: string): Rest => ({ status: 'skipped', reason });
  return {
    none: rest(`${branch} is not published`),
    equal: rest(`${branch} is up to date`),
    ahead: rest(`${branch} has commits that are not published`),
    diverged: rest(`${branch} and ${remote} have diverged`),
    behind: forward(state, branch, remote),
  };
}

/** Where it is checked out, its files come along; that goes by its upstream. */
export function forward(state: FlowState, branch: string, remote: string): Call | Rest {
  if (!placeOfBranch(state, branch)) return call(gitBranchForward, { branch, to: remote });
  if (state.branches.get(branch)?.upstream === remote) return call(gitFastForward, { branch });
  return { status: 'skipped', reason: `${branch} is checked out and does not follow ${remote}` };
}
