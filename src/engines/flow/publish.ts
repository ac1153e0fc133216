import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { gitRef } from '#engines/git/facts.ts';
import type { FlowKind } from '#engines/git/flow-config.ts';
import { gitPush } from '#engines/git/operations.ts';
import { requireClean, requireCurrent } from './check.ts';
import { createCourse } from './course.ts';
import { requireRemote } from './finish/push.ts';
import { hooksOf } from './hooks/hooks.ts';
import { nameOf, planExisting, type Style, styleOf } from './plan.ts';
import type { LocalBranch } from './state.ts';

interface PublishInput {
  name?: string;
  repos: string[];
  style?: Style;
}

/** Pushes the branch and follows it; later again, what is new on it. */
export const planPublish =
  (kind: FlowKind) =>
  async ({ name, repos, ...input }: PublishInput, context: Context): Promise<Draft> => {
    const isAvh = (await styleOf(context, input.style)) === 'avh';
    const known = await nameOf(context, kind, name);
    return planExisting(context, { kind, name: known, repos }, async (state, branch, bounded) => {
      const { model, remotes } = state;
      const { oid, upstream } = state.branches.get(branch) as LocalBranch;
      const published = `${model.origin}/${branch}`;
      if (isAvh) await requireClean(bounded, state.home.target);
      await requireRemote(bounded, state);
      await requireCurrent(bounded, state, branch);
      if (remotes.get(published) === oid && upstream === published) return { settled: 'published already' };
      const ref = `refs/heads/${branch}`;
      const setUpstream = upstream !== published;
      const course = createCourse(bounded, state);
      const hooks = await hooksOf(bounded, state, { kind, verb: 'publish', name: known, branch });
      hooks.before(course);
      const push = { remote: model.origin, local: ref, upstream: ref, oid, setUpstream };
      course.add(state.home.target, call(gitPush, push), [expect(gitRef, { ref }, oid)]);
      if (isAvh) await course.bring(branch);
      hooks.after(course);
      return { steps: course.steps };
    });
  };
