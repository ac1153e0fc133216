import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Step } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { commitsAlone } from '#engines/git/branch/alone.ts';
import { gitRef } from '#engines/git/facts.ts';
import { resolveCommit } from '#engines/git/observe.ts';
import { gitBranchDelete, gitBranchDiscard } from '#engines/git/operations.ts';
import { counted } from '#engines/git/words.ts';
import { readWorktrees } from '#engines/git/worktree/list.ts';
import { realPlace } from '#engines/git/worktree/place.ts';
import { repoTarget } from '#engines/workspace/targets.ts';
import type { Workspace, WorkspaceRepo } from '#engines/workspace/types.ts';
import { worktreeError } from './errors.ts';
import { featureBranch, readFeatureModel } from './model.ts';
import { worktreePath } from './place.ts';

interface Plan {
  workspace: Workspace;
  input: { name: string; force: boolean };
}

/** The branch that the set would have, where it is checked out nowhere. */
export async function leftBranch(
  context: Context,
  { workspace, input }: Plan,
  repo: WorkspaceRepo,
): Promise<string | undefined> {
  const model = await readFeatureModel(context, workspace, repo);
  const branch = featureBranch(input.name, model);
  const isThere = (await resolveCommit(context, repo.path, `refs/heads/${branch}`)) !== undefined;
  return isThere ? branch : undefined;
}

export async function deletionOf(
  context: Context,
  { workspace, input }: Plan,
  { repo, branch }: { repo: WorkspaceRepo; branch: string },
): Promise<Step[]> {
  const ref = `refs/heads/${branch}`;
  const model = await readFeatureModel(context, workspace, repo);
  if (branch === repo.defaultBranch || branch === model?.develop) throw standing(repo, branch, input.name);
  const own = realPlace(worktreePath(workspace, input.name, repo));
  const elsewhere = (await readWorktrees(context, repo.path)).find(
    (one) => one.branch === branch && realPlace(one.path) !== own,
  );
  if (elsewhere) {
    throw worktreeError('branch-elsewhere', `${repo.name}: ${branch} is checked out at ${elsewhere.path}.`, {
      next: [`gantry worktree remove ${quote(input.name)}`],
      details: { branch, path: elsewhere.path },
    });
  }
  const commits = await commitsAlone(context, repo.path, branch);
  if (commits.length > 0 && !input.force) throw onlyHere(repo, branch, { commits, set: input.name });
  const oid = (await resolveCommit(context, repo.path, ref)) as string;
  return [
    {
      id: '',
      target: repoTarget(repo),
      expects: [expect(gitRef, { ref }, oid)],
      ...call(commits.length > 0 ? gitBranchDiscard : gitBranchDelete, { branch, oid }),
    },
  ];
}

/** A set may be on a branch that is not the set's own. */
function standing(repo: WorkspaceRepo, branch: string, set: string): GantryError {
  return worktreeError('branch-standing', `${repo.name}: ${branch} is where others begin and end.`, {
    next: [`gantry worktree remove ${quote(set)}`],
    details: { repo: repo.name, branch },
  });
}

/** Commits that are named in a refusal. */
const MOST_NAMED = 5;

function onlyHere(
  repo: WorkspaceRepo,
  branch: string,
  { commits, set }: { commits: string[]; set: string },
): GantryError {
  const named = commits.slice(0, MOST_NAMED).join('; ');
  const more = commits.length > MOST_NAMED ? ` and ${commits.length - MOST_NAMED} more` : '';
  const what = counted(commits.length, 'commit');
  return worktreeError('branch-only-here', `${repo.name}: ${branch} alone has ${what}: ${named}${more}.`, {
    next: [
      `git -C ${quote(repo.path)} push --set-upstream origin ${quote(branch)}`,
      `gantry worktree remove ${quote(set)}`,
      `gantry worktree remove ${quote(set)} --delete-branch --force`,
    ],
    details: { repo: repo.name, branch, commits: commits.length },
  });
}
