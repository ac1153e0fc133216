import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { ChoiceStep, Rest, Step, Target } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { gitError } from './errors.ts';
import { gitBranch, gitUpstream } from './facts.ts';
import { placeOf, readBranch } from './observe.ts';
import { gitFastForward, gitFetch } from './operations.ts';

/** Fetches, then fast-forwards where that is all there is to do; anything else stays as it is, with the reason. */
export async function updateSteps(
  context: Context,
  target: Target,
  { prune }: { prune: boolean },
): Promise<Step[]> {
  const branch = await readBranch({}, target, context);
  const fetch = { id: `${target.name}/1`, target, expects: [], ...call(gitFetch, { prune }) };
  const forward: ChoiceStep = {
    id: `${target.name}/2`,
    target,
    expects: [expect(gitBranch, {}, branch)],
    fact: gitUpstream.id,
    args: {},
    outcomes: {
      behind: call(gitFastForward, { branch }),
      'up-to-date': { status: 'skipped', reason: 'up to date' },
      ahead: { status: 'skipped', reason: 'ahead of its upstream, nothing to bring' },
      ...obstacles(target),
    },
  };
  return [fetch, forward];
}

/** Why a branch is not fast-forwarded, and what a person can do about it. */
function obstacles(target: Target): Record<string, Rest> {
  const { name } = target;
  const repo = quote(name);
  const place = quote(placeOf(target));
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
  return {
    status: 'refused',
    reason,
    failure: gitError('not-fast-forwarded', `${reason}.`, { next }).failure,
  };
}
