import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { isMerged } from '#engines/git/branch/standing.ts';
import { gitBranch, gitRef } from '#engines/git/facts.ts';
import type { FlowKind } from '#engines/git/flow-config.ts';
import { mergeConflict } from '#engines/git/merge/conflict.ts';
import { forecastMerge } from '#engines/git/merge/forecast.ts';
import { gitMerge, gitRebase } from '#engines/git/operations.ts';
import { requireBase, requireClean } from './check.ts';
import { createCourse } from './course.ts';
import { TRAITS } from './kinds.ts';
import { nameOf, planExisting, type Style, styleOf } from './plan.ts';
import type { LocalBranch } from './state.ts';

interface UpdateInput {
  name?: string;
  repos: string[];
  rebase: boolean;
  style?: Style;
}

/** Rebases what nobody else has, merges into what others may have built on; it is checked out from then on. */
export const planUpdate =
  (kind: FlowKind) =>
  async (input: UpdateInput, context: Context): Promise<Draft> => {
    const style = await styleOf(context, input.style);
    const name = await nameOf(context, kind, input.name);
    return planExisting(context, { kind, name, repos: input.repos }, async (state, branch, bounded) => {
      const { repo, model, branches, remotes, home } = state;
      const base = requireBase(state, model.bases.get(branch) ?? model[TRAITS[kind].from]);
      const { oid } = branches.get(branch) as LocalBranch;
      if (await isMerged(bounded, repo.path, { commit: base.oid, into: oid })) {
        return { settled: `${branch} has all of ${base.name}` };
      }
      await requireClean(bounded, home.target);
      const leave = style === 'avh';
      const { clean, files } = await forecastMerge(bounded, repo.path, { ours: oid, theirs: base.oid });
      if (clean === false && !leave) {
        throw mergeConflict(home.target, { name: base.name, into: branch, onConflict: 'abort' }, { files });
      }
      const rebases = input.rebase || leave || !remotes.has(`${model.origin}/${branch}`);
      const course = createCourse(bounded, state);
      const place = await course.bring(branch);
      await requireClean(bounded, place);
      const onConflict = leave ? 'leave' : 'abort';
      const expects = [expect(gitBranch, {}, branch), expect(gitRef, { ref: `refs/heads/${branch}` }, oid)];
      if (rebases) {
        course.add(
          place,
          call(gitRebase, {
            branch,
            from: oid,
            base: base.name,
            onto: base.oid,
            back: course.back(place),
            onConflict,
          }),
          expects,
        );
      } else {
        const merge = {
          name: base.name,
          ref: `refs/heads/${base.name}`,
          oid: base.oid,
          into: branch,
          from: oid,
          message: null,
          sign: false,
        };
        course.add(
          place,
          call(gitMerge, { ...merge, manner: 'no-ff', onConflict, back: course.back(place), note: false }),
          expects,
        );
      }
      return { steps: course.steps };
    });
  };

/** Whoever may have it: who asks for this knows. */
export const planRebase =
  (kind: FlowKind) =>
  (input: Omit<UpdateInput, 'rebase'>, context: Context): Promise<Draft> =>
    planUpdate(kind)({ ...input, rebase: true }, context);
