import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Call, Draft } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { type Branch, readBranches } from '#engines/git/branches.ts';
import { gitBranch, gitHead, gitRef } from '#engines/git/facts.ts';
import { requireStatus } from '#engines/git/inspect.ts';
import { requireNoMerge } from '#engines/git/merge/conflict.ts';
import { requireBranchName, requireCommit } from '#engines/git/names.ts';
import { gitBranchStart, gitBranchTrack, gitSwitch } from '#engines/git/operations.ts';
import type { WorkspaceRepo } from '#engines/workspace/types.ts';
import { type Chosen, planEach, type Verdict } from './choose.ts';
import { repoError } from './errors.ts';
import { requireNothingInTheWay } from './in-the-way.ts';

interface CheckoutInput {
  branch: string;
  repos: string[];
  create: boolean;
  from?: string;
}

/** What is to be checked out. */
interface Goal {
  /** The branch; null for a detached HEAD. */
  branch: string | null;
  oid: string;
  /** The branch has to be made, following this remote branch where one is named. */
  create?: { upstream: string | null };
}

export async function planCheckout(input: CheckoutInput, context: Context): Promise<Draft> {
  if (input.from !== undefined && !input.create) {
    throw repoError('options-clash', '--from says where a new branch begins, and none is created.', {
      next: [`gantry repo checkout ${quote(input.branch)} --create --from ${quote(input.from)}`],
    });
  }
  return planEach(context, input.repos, (chosen, bounded) => planOne(bounded, chosen, input));
}

async function planOne(context: Context, { repo, target }: Chosen, input: CheckoutInput): Promise<Verdict> {
  const { branch, head } = await requireStatus(context, repo);
  await requireNoMerge(repo.path, target);
  if (head === null) {
    throw repoError('no-commit', `${branch} of ${repo.name} has no commit that undo could go back to.`, {
      next: [`git -C ${quote(repo.path)} switch ${quote(input.branch)}`],
    });
  }
  const goal = await goalOf(context, repo, input);
  if (goal.branch === branch && (goal.branch !== null || goal.oid === head)) {
    return { settled: goal.branch === null ? 'HEAD is detached there already' : `already on ${goal.branch}` };
  }
  const stash = `gantry repo stash --untracked --repos ${quote(repo.name)}`;
  await requireNothingInTheWay(context, { ...repo, to: goal.oid, next: [stash] });
  return {
    steps: [
      {
        id: `${repo.name}/1`,
        target,
        expects: [
          expect(gitBranch, {}, branch ?? 'detached'),
          expect(gitHead, {}, head),
          ...expectGoal(goal),
        ],
        ...callFor(goal, branch ?? head),
      },
    ],
  };
}

function callFor({ branch, oid, create }: Goal, from: string): Call {
  if (branch === null || !create) return call(gitSwitch, { from, to: branch ?? oid });
  if (create.upstream === null) return call(gitBranchStart, { branch, at: oid, from });
  return call(gitBranchTrack, { branch, upstream: create.upstream, from });
}

function expectGoal({ branch, oid, create }: Goal) {
  if (branch === null) return [];
  const here = expect(gitRef, { ref: `refs/heads/${branch}` }, create ? 'absent' : oid);
  const there = create?.upstream ? [expect(gitRef, { ref: `refs/remotes/${create.upstream}` }, oid)] : [];
  return [here, ...there];
}

async function goalOf(context: Context, repo: WorkspaceRepo, input: CheckoutInput): Promise<Goal> {
  const { branch, create, from = 'HEAD' } = input;
  const local = (await readBranches(context, repo.path)).find(({ name }) => name === branch);
  if (create) {
    await requireBranchName(context, repo.path, branch);
    const oid = await requireCommit(context, repo.path, from);
    if (!local) return { branch, oid, create: { upstream: null } };
    if (local.oid === oid) return existing(repo, local);
    throw taken(repo, local);
  }
  if (local) return existing(repo, local);
  const upstream = await remoteBranch(context, repo, branch);
  if (upstream) return { branch, oid: upstream.oid, create: { upstream: upstream.name } };
  return { branch: null, oid: await requireCommit(context, repo.path, branch) };
}

function existing(repo: WorkspaceRepo, { name, oid, current, worktree }: Branch): Goal {
  if (current || worktree === null) return { branch: name, oid };
  throw repoError('branch-elsewhere', `${name} of ${repo.name} is checked out in ${worktree}.`, {
    next: [
      `cd ${quote(worktree)}`,
      `gantry repo checkout ${quote(`${name}-2`)} --create --from ${quote(name)}`,
    ],
    details: { worktree },
  });
}

function taken(repo: WorkspaceRepo, { name, oid }: Branch) {
  return repoError('branch-taken', `${repo.name} has a branch ${name} already, at ${oid.slice(0, 10)}.`, {
    next: [
      `gantry repo checkout ${quote(name)} --repos ${quote(repo.name)}`,
      `gantry repo branches ${quote(repo.name)}`,
    ],
  });
}

/** The branch of that name on the only remote that has one; of several that of origin. */
async function remoteBranch(
  context: Context,
  repo: WorkspaceRepo,
  branch: string,
): Promise<Branch | undefined> {
  const all = await readBranches(context, repo.path, { remote: true });
  const named = all.filter(({ name }) => name.slice(name.indexOf('/') + 1) === branch);
  const chosen = named.length === 1 ? named[0] : named.find(({ name }) => name === `origin/${branch}`);
  if (chosen || named.length === 0) return chosen;
  const names = named.map(({ name }) => name);
  throw repoError('branch-ambiguous', `${repo.name} has ${branch} on several remotes: ${names.join(', ')}.`, {
    next: names.map(
      (name) =>
        `gantry repo checkout ${quote(branch)} --create --from ${quote(name)} --repos ${quote(repo.name)}`,
    ),
  });
}
