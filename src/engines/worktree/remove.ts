import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft, Step, Target } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { operationInProgress } from '#engines/git/directory.ts';
import { gitWorktree } from '#engines/git/facts.ts';
import { headRef } from '#engines/git/observe.ts';
import { gitWorktreeClear, gitWorktreeKeep, gitWorktreeRemove } from '#engines/git/operations.ts';
import { requireKeepable } from '#engines/git/survey.ts';
import { readWorktreeFact } from '#engines/git/worktree/observe.ts';
import { isHalfMade } from '#engines/git/worktree/place.ts';
import { directoriesByRule, listIgnored } from '#engines/git/worktree/untracked.ts';
import { heldByAnother, othersLease } from '#engines/lease/guard.ts';
import { liveLeases } from '#engines/lease/read.ts';
import type { Chosen, Verdict } from '#engines/repo/choose.ts';
import { readWorkspace, selectRepos } from '#engines/workspace/read.ts';
import type { Workspace, WorkspaceRepo } from '#engines/workspace/types.ts';
import { deletionOf, leftBranch } from './delete-branch.ts';
import { dirtIn } from './dirt.ts';
import { worktreeError } from './errors.ts';
import { type Member, memberAt, membersOf, setsOf } from './members.ts';
import { unknownSet } from './name.ts';
import { baseOf, worktreePath, worktreeTarget } from './place.ts';
import { clonedRepos, planTogether } from './plan-set.ts';

export interface RemoveInput {
  name: string;
  repos: string[];
  force: boolean;
  deleteBranch: boolean;
  keepIgnored: boolean;
}

/** Moves the worktrees of a set into the trash, where undo finds them, and deletes their branches where that is told. */
export async function planRemove(input: RemoveInput, context: Context): Promise<Draft> {
  const workspace = await readWorkspace(context);
  return planTogether(
    context,
    { workspace, repos: await having(context, workspace, input) },
    (chosen, bounded) => planOne(bounded, { workspace, input }, chosen),
  );
}

/** The repos that have something of the set: also a branch that a removal left behind which was broken off. */
async function having(context: Context, workspace: Workspace, input: RemoveInput): Promise<string[]> {
  const chosen = input.repos.length > 0 ? selectRepos(workspace, input.repos) : await clonedRepos(workspace);
  const found = await Promise.all(
    chosen.map(async (repo) => {
      if (membersOf(workspace, repo).some(({ set }) => set === input.name)) return true;
      return input.deleteBranch && (await leftBranch(context, { workspace, input }, repo)) !== undefined;
    }),
  );
  if (!found.includes(true)) throw unknownSet(input.name, setsOf(workspace));
  return (input.repos.length > 0 ? chosen : chosen.filter((_, index) => found[index])).map(
    ({ name }) => name,
  );
}

interface Plan {
  workspace: Workspace;
  input: RemoveInput;
}

async function planOne(context: Context, plan: Plan, { repo }: Chosen): Promise<Verdict> {
  const { workspace, input } = plan;
  const member = memberAt(workspace, repo, worktreePath(workspace, input.name, repo));
  const removal = member ? await removalOf(context, plan, member) : { steps: [], branch: undefined };
  const branch = removal.branch ?? (await leftBranch(context, plan, repo));
  const deletion =
    input.deleteBranch && branch !== undefined ? await deletionOf(context, plan, { repo, branch }) : [];
  const steps = [...removal.steps, ...deletion].map((step, index) => ({
    ...step,
    id: `${repo.name}/${index + 1}`,
  }));
  return steps.length > 0 ? { steps } : { settled: `has no worktree in ${input.name}` };
}

interface Removal {
  steps: Step[];
  /** What it is on; nothing where HEAD is detached, or nobody can tell. */
  branch?: string;
}

/** Throws what keeps it from being removed; step ids are the caller's. */
export async function removalOf(
  context: Context,
  { workspace, input }: Plan,
  member: Member,
): Promise<Removal> {
  const { repo, path, administration } = member;
  const target = worktreeTarget(repo, path);
  requireUnheld(context, member, target);
  const top = baseOf(workspace);
  const { id } = administration;
  if (!member.exists || isHalfMade(administration)) {
    return {
      steps: [{ id: '', target, expects: [], ...call(gitWorktreeRemove, { id, top, branch: null }) }],
    };
  }
  requireIdle(member);
  const dirt = await dirtIn(context, path);
  if (dirt !== undefined && !input.force) throw dirty(repo, path, { set: input.name, dirt });
  const branch = (await headRef(context, path))?.replace('refs/heads/', '');
  const keeps = dirt !== undefined || branch === undefined;
  if (keeps) await requireKeepable(context, path);
  const expects = [expect(gitWorktree, {}, await readWorktreeFact({}, target, context))];
  const ignored = await ignoredIn(context, path);
  const step = { id: '', target, expects };
  const stays = input.deleteBranch ? null : (branch ?? null);
  return {
    branch,
    steps: [
      ...(keeps ? [{ ...step, ...call(gitWorktreeKeep, {}) }] : []),
      ...(ignored.directories.length > 0 && !input.keepIgnored
        ? [{ ...step, ...call(gitWorktreeClear, { paths: ignored.directories }) }]
        : []),
      { ...step, ...call(gitWorktreeRemove, { id, top, branch: stays }) },
    ],
  };
}

async function ignoredIn(context: Context, path: string): Promise<{ directories: string[] }> {
  const listed = await listIgnored(context, path);
  const directories = listed.filter((one) => one.endsWith('/'));
  return { directories: await directoriesByRule(context, path, directories) };
}

function requireUnheld(context: Context, { repo, set, path, administration }: Member, target: Target): void {
  const { locked } = administration;
  if (locked !== null && !isHalfMade(administration)) {
    const why = locked === '' ? '' : `: ${locked}`;
    throw worktreeError('worktree-locked', `${repo.name}: ${path} is locked${why}.`, {
      next:
        set === null
          ? [`git -C ${quote(repo.path)} worktree unlock ${quote(path)}`]
          : [`gantry worktree unlock ${quote(set)}`],
      details: { path, reason: locked },
    });
  }
  const lease = othersLease(liveLeases(context), target, context);
  if (lease) throw heldByAnother(lease);
}

function requireIdle({ repo, path, administration }: Member): void {
  const operation = operationInProgress(administration.directory);
  if (operation === null) return;
  throw worktreeError('worktree-busy', `${repo.name}: a ${operation} is in progress at ${path}.`, {
    next: [`git -C ${quote(path)} status`, `git -C ${quote(path)} ${operation} --abort`],
    details: { path, operation },
  });
}

function dirty(repo: WorkspaceRepo, path: string, { set, dirt }: { set: string; dirt: string }): GantryError {
  return worktreeError('worktree-dirty', `${repo.name}: ${path} has ${dirt}.`, {
    next: [`git -C ${quote(path)} status`, `gantry worktree remove ${quote(set)} --force`],
    details: { repo: repo.name, path },
  });
}
