import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { gitBranch, gitRef, gitStanding } from '#engines/git/facts.ts';
import type { FlowKind } from '#engines/git/flow-config.ts';
import { gitBranchTrack, gitFetch } from '#engines/git/operations.ts';
import { requireClean, requireIdle, requireName } from './check.ts';
import { createCourse } from './course.ts';
import { flowError } from './errors.ts';
import { requireRemote } from './finish/push.ts';
import { planFlow, type Style, styleOf } from './plan.ts';
import { branchOf, checkedOut } from './state.ts';

interface TrackInput {
  name: string;
  repos: string[];
  style?: Style;
}

/** Fetches, because who tracks a branch has often just been told of it; repos whose remote has none are left as they are. */
export const planTrack =
  (kind: FlowKind) =>
  async ({ name, repos, ...input }: TrackInput, context: Context): Promise<Draft> => {
    const isAvh = (await styleOf(context, input.style)) === 'avh';
    return planFlow(context, repos, async (state, bounded) => {
      const { repo, model, branches, home } = state;
      const branch = branchOf(state, kind, name);
      await requireName(bounded, state, { kind, name, branch, style: 'avh' });
      if (branches.has(branch)) {
        throw flowError('flow-branch-exists', `${repo.name} has a branch ${branch} already.`, {
          next: [`gantry flow ${kind} checkout ${quote(name)} --repos ${quote(repo.name)}`],
        });
      }
      await requireRemote(bounded, state);
      if (isAvh) await requireClean(bounded, home.target);
      requireIdle(home.target);
      const upstream = `${model.origin}/${branch}`;
      const ref = `refs/remotes/${upstream}`;
      const missing = flowError('flow-branch-missing', `${repo.name}: there is no ${upstream}.`, {
        next: [`git -C ${quote(repo.path)} branch --remotes`],
      });
      const course = createCourse(bounded, state);
      course.add(home.target, call(gitFetch, { prune: false }), [
        expect(gitBranch, {}, home.branch ?? 'detached'),
        expect(gitRef, { ref: `refs/heads/${branch}` }, 'absent'),
      ]);
      course.choose(home.target, {
        fact: gitStanding.id,
        args: { ref, against: ref },
        outcomes: {
          equal: call(gitBranchTrack, { branch, upstream, from: checkedOut(home) }),
          none: { status: 'refused', reason: missing.failure.message, failure: missing.failure },
        },
      });
      return { steps: course.steps };
    });
  };
