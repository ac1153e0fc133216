import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { readChanges } from '#engines/git/changes.ts';
import { gitBranch, gitChanges, gitHead } from '#engines/git/facts.ts';
import { filesInTheWay } from '#engines/git/in-the-way.ts';
import { requireStatus } from '#engines/git/inspect.ts';
import { requireCommit } from '#engines/git/names.ts';
import { gitReset, gitSnapshot } from '#engines/git/operations.ts';
import { requireKeepable } from '#engines/git/survey.ts';
import type { WholeStatus } from '#engines/git/types.ts';
import { type Chosen, planEach, requireNamed, type Verdict } from './choose.ts';
import { repoError } from './errors.ts';

interface ResetInput {
  repos: string[];
  all: boolean;
  to?: string;
}

/** Snapshot, then HEAD, index and tracked files as the upstream has them, submodules at their recorded commits. */
export async function planReset({ repos, all, to }: ResetInput, context: Context): Promise<Draft> {
  requireNamed('repo reset', { repos, all });
  return planEach(context, repos, (chosen, bounded) => planOne(bounded, chosen, to));
}

async function planOne(context: Context, { repo, target }: Chosen, to?: string): Promise<Verdict> {
  const status = await requireStatus(context, repo);
  const goal = await requireCommit(context, repo.path, to ?? requireUpstream(status));
  if (isThere(status, goal)) return { settled: `already at ${to ?? status.upstream}` };
  await requireKeepable(context, repo.path);
  const expects = [
    expect(gitBranch, {}, status.branch ?? 'detached'),
    expect(gitHead, {}, status.head ?? 'unborn'),
    expect(gitChanges, {}, await readChanges({}, target, context)),
  ];
  const also = await filesInTheWay(context, repo.path, goal);
  const step = { target, expects };
  return {
    steps: [
      { id: `${repo.name}/1`, ...step, ...call(gitSnapshot, { ignored: false, also }) },
      {
        id: `${repo.name}/2`,
        ...step,
        ...call(gitReset, { to: goal, submodules: status.submodules.total > 0 }),
      },
    ],
  };
}

/** Untracked files are not a reset's business. */
function isThere(status: WholeStatus, goal: string): boolean {
  const { head, staged, changed, conflicted, operation } = status;
  return head === goal && staged + changed + conflicted === 0 && operation === null;
}

function requireUpstream({ name, path, branch, upstream, upstreamGone }: WholeStatus): string {
  const next = [`gantry repo reset ${quote(name)} --to COMMIT --dry-run`];
  if (branch === null) {
    throw repoError('no-branch', `${name} has no branch checked out, so it has no upstream.`, {
      next: [`git -C ${quote(path)} switch BRANCH`, ...next],
    });
  }
  if (upstream === null) throw repoError('no-upstream', `${branch} of ${name} has no upstream.`, { next });
  if (upstreamGone)
    throw repoError('upstream-gone', `${upstream}, the upstream of ${name}, is gone.`, { next });
  return '@{upstream}';
}
