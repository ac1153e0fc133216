import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Call, Draft, Rest } from '#engines/core/plan.ts';
import { gitBranch, gitStanding } from '#engines/git/facts.ts';
import type { FlowKind } from '#engines/git/flow-config.ts';
import { gitFetch, gitMerge } from '#engines/git/operations.ts';
import { requireClean } from './check.ts';
import { type Course, createCourse } from './course.ts';
import { requireRemote } from './finish/push.ts';
import { hooksOf } from './hooks/hooks.ts';
import { nameOf, planFlow } from './plan.ts';
import { addTrack, publishedOf, unpublished } from './remote-branch.ts';
import { branchOf, type FlowState } from './state.ts';

interface PullInput {
  remote: string;
  name?: string;
  repos: string[];
}

/** What others have pushed to a flow branch comes into it; where it is not here yet, it is made from theirs. */
export const planPull =
  (kind: FlowKind) =>
  async ({ remote, name, repos }: PullInput, context: Context): Promise<Draft> => {
    const known = await nameOf(context, kind, name);
    return planFlow(context, repos, async (found, bounded) => {
      const state = { ...found, model: { ...found.model, origin: remote } };
      await requireRemote(bounded, state);
      await requireClean(bounded, state.home.target);
      const branch = branchOf(state, kind, known);
      const course = createCourse(bounded, state);
      const hooks = await hooksOf(bounded, state, { kind, verb: 'pull', name: known, branch });
      hooks.before(course);
      if (state.branches.has(branch)) await addPull(course, state, branch);
      else addTrack(course, state, branch);
      hooks.after(course);
      return { steps: course.steps };
    });
  };

async function addPull(course: Course, state: FlowState, branch: string): Promise<void> {
  const theirs = publishedOf(state, branch);
  const place = await course.bring(branch);
  course.add(place, call(gitFetch, { prune: false }), [expect(gitBranch, {}, branch)]);
  const from = state.branches.get(branch)?.oid as string;
  const merge = (manner: 'ff' | 'no-ff'): Call =>
    call(gitMerge, {
      name: theirs.name,
      ref: theirs.ref,
      oid: null,
      into: branch,
      from,
      manner,
      message: null,
      sign: false,
      onConflict: 'abort',
      back: course.back(place),
    });
  const rest = (reason: string): Rest => ({ status: 'skipped', reason });
  course.choose(place, {
    fact: gitStanding.id,
    args: { ref: `refs/heads/${branch}`, against: theirs.ref },
    outcomes: {
      none: unpublished(state, theirs.name),
      equal: rest(`${branch} has all of ${theirs.name}`),
      ahead: rest(`${branch} has all of ${theirs.name}`),
      behind: merge('ff'),
      diverged: merge('no-ff'),
    },
  });
}
