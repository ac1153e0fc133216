import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { commitsAlone } from '#engines/git/branch/alone.ts';
import { readStanding } from '#engines/git/branch/standing.ts';
import { gitRef } from '#engines/git/facts.ts';
import type { FlowKind } from '#engines/git/flow-config.ts';
import {
  gitBranchDelete,
  gitBranchDiscard,
  gitConfigEdit,
  gitRemoteDelete,
} from '#engines/git/operations.ts';
import { counted } from '#engines/git/words.ts';
import { requireBase, requireClean } from './check.ts';
import { requireNotElsewhere } from './checkout.ts';
import { createCourse } from './course.ts';
import { flowError } from './errors.ts';
import { isTrue } from './finish/configured.ts';
import { hooksOf } from './hooks/hooks.ts';
import { TRAITS } from './kinds.ts';
import { planExisting, type Style, styleOf } from './plan.ts';
import type { FlowState, LocalBranch } from './state.ts';

interface DeleteInput {
  name: string;
  repos: string[];
  force: boolean;
  remote: boolean;
  style?: Style;
}

/** Everything is looked at first: a branch that stays leaves HEAD where it is. */
export const planDelete =
  (kind: FlowKind) =>
  async ({ name, repos, ...input }: DeleteInput, context: Context): Promise<Draft> => {
    const style = await styleOf(context, input.style);
    return planExisting(context, { kind, name, repos }, async (state, branch, bounded) => {
      requireNotElsewhere(state, branch);
      const { repo, model, branches, remotes, home } = state;
      const configured = (option: string) => isTrue(model.values.get(`gitflow.${kind}.delete.${option}`));
      const force = input.force || configured('force');
      const remote = input.remote || configured('remote');
      const { oid } = branches.get(branch) as LocalBranch;
      const base = model.bases.get(branch) ?? model[TRAITS[kind].from];
      const alone =
        style === 'avh'
          ? await countUnmerged(
              bounded,
              state,
              branch,
              TRAITS[kind].versioned ? [model.main, model.develop] : [base],
            )
          : (await commitsAlone(bounded, repo.path, branch)).length;
      if (alone > 0 && !force) {
        throw flowError(
          'flow-unmerged',
          `${repo.name}: ${branch} has ${counted(alone, 'commit')} that no other branch has.`,
          {
            next: [
              `gantry flow ${kind} finish ${quote(name)} --repos ${quote(repo.name)}`,
              `gantry flow ${kind} delete ${quote(name)} --force --repos ${quote(repo.name)}`,
            ],
          },
        );
      }
      const course = createCourse(bounded, state);
      const hooks = await hooksOf(bounded, state, { kind, verb: 'delete', name, branch });
      hooks.before(course);
      if (home.branch === branch) {
        requireBase(state, base);
        await requireClean(bounded, home.target);
        requireNotElsewhere(state, base);
        await course.bring(base);
      }
      const published = remotes.get(`${model.origin}/${branch}`);
      if (remote && published !== undefined) {
        const args = { remote: model.origin, ref: `refs/heads/${branch}`, oid: published };
        course.add(home.target, call(gitRemoteDelete, args));
      }
      const before = model.bases.get(branch);
      if (before !== undefined) {
        const edits = [{ key: `gitflow.branch.${branch}.base`, value: null, before }];
        course.add(home.target, call(gitConfigEdit, { edits }));
      }
      const deletion = alone > 0 ? gitBranchDiscard : gitBranchDelete;
      course.add(home.target, call(deletion, { branch, oid }), [
        expect(gitRef, { ref: `refs/heads/${branch}` }, oid),
      ]);
      hooks.after(course);
      return { steps: course.steps };
    });
  };

/** git-flow counts what any of the branches lacks that it would be merged into, wherever else it may be. */
async function countUnmerged(
  context: Context,
  { repo }: FlowState,
  branch: string,
  targets: readonly string[],
): Promise<number> {
  const standings = await Promise.all(
    targets.map((target) =>
      readStanding(context, repo.path, { ref: `refs/heads/${branch}`, against: `refs/heads/${target}` }),
    ),
  );
  return Math.max(...standings.map((standing) => standing?.ahead ?? 0));
}
