import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import type { ChoiceStep, Draft, Rest, Step } from '#engines/core/plan.ts';
import type { Receipt, StepReceipt } from '#engines/core/receipt.ts';
import { gitUpstream } from '#engines/git/facts.ts';
import { quote } from '#engines/git/failure.ts';
import { gitFastForward, gitFetch } from '#engines/git/operations.ts';
import { arrangeClones } from './clone.ts';
import { workspaceError } from './errors.ts';
import { readWorkspace, selectRepos } from './read.ts';
import { repoTarget } from './targets.ts';
import type { SyncResult, WorkspaceRepo } from './types.ts';

/** Clones what is missing; fetches everything else and fast-forwards what can be. */
export async function planSync({ repos }: { repos: string[] }, context: Context): Promise<Draft> {
  const workspace = await readWorkspace(context);
  const chosen = selectRepos(workspace, repos);
  const { steps, refused, cloned } = await arrangeClones(context, { workspace, repos: chosen });
  return { steps: [...steps, ...cloned.flatMap(updateSteps)], refused };
}

function updateSteps(repo: WorkspaceRepo): Step[] {
  const target = repoTarget(repo);
  const fetch = { id: `${repo.name}/1`, target, expects: [], ...call(gitFetch, { prune: true }) };
  const forward: ChoiceStep = {
    id: `${repo.name}/2`,
    target,
    expects: [],
    fact: gitUpstream.id,
    args: {},
    outcomes: {
      behind: call(gitFastForward, {}),
      'up-to-date': { status: 'skipped', reason: 'up to date' },
      ahead: { status: 'skipped', reason: 'ahead of its upstream, nothing to bring' },
      ...obstacles(repo),
    },
  };
  return [fetch, forward];
}

/** Why a branch is not fast-forwarded, and what a person can do about it. */
function obstacles({ name, path }: WorkspaceRepo): Record<string, Rest> {
  const repo = quote(name);
  const place = quote(path);
  return {
    diverged: refused(`${name} has diverged from its upstream`, [
      `gantry repo log ${repo}`,
      `git -C ${place} rebase @{upstream}`,
      `gantry repo reset ${repo}`,
    ]),
    blocked: refused(`${name} has local changes that the fast-forward would touch`, [
      `gantry repo diff ${repo}`,
      `git -C ${place} stash push --include-untracked`,
    ]),
    busy: refused(`${name} is in the middle of another operation`, [`git -C ${place} status`]),
    gone: refused(`the upstream branch of ${name} no longer exists`, [`gantry repo branches ${repo}`]),
    none: refused(`the branch of ${name} follows no upstream`, [
      `git -C ${place} branch --set-upstream-to origin/BRANCH`,
    ]),
    detached: refused(`${name} is on no branch`, [`git -C ${place} switch BRANCH`]),
    unborn: refused(`the branch of ${name} has no commit yet`, [`git -C ${place} status`]),
  };
}

function refused(reason: string, next: string[]): Rest {
  const { failure } = workspaceError('not-fast-forwarded', `${reason}.`, { next });
  return { status: 'refused', reason, failure };
}

/** One row per repo: its last step says what came of it. */
export function concludeSync({ steps }: Receipt): { repos: SyncResult[] } {
  const last = new Map(
    steps.filter(({ target }) => target.kind === 'repo').map((step) => [step.target.name, step]),
  );
  return { repos: [...last.values()].map(resultOf) };
}

function resultOf({ target, status, summary, failure }: StepReceipt): SyncResult {
  return { repo: target.name, status, summary, next: failure?.next?.[0] ?? null };
}
