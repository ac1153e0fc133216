import { readSettings } from '#engines/config/read.ts';
import type { Context } from '#engines/core/context.ts';
import type { Draft, Settled, Step, Target } from '#engines/core/plan.ts';
import { slots } from '#engines/core/slots.ts';
import { patiently } from '#engines/git/patience.ts';
import { readWorkspace, selectRepos } from '#engines/workspace/read.ts';
import { refusalOf, repoTarget, splitByPresence } from '#engines/workspace/targets.ts';
import type { WorkspaceRepo } from '#engines/workspace/types.ts';
import { repoError } from './errors.ts';

export interface Chosen {
  repo: WorkspaceRepo;
  target: Target;
}

/** What a planner has to say about one repo. */
export type Verdict = { steps: Step[] } | { settled: string };

/** Plans one repo; the context is its own, and ends when the time for it is over. */
type PlanOne = (chosen: Chosen, context: Context) => Promise<Verdict>;

/** The time for planning one repo, as a multiple of the time for showing its status. */
export const PLANNING = 30;

/** Repos that are planned at once: the time of one begins when its turn comes. */
const WIDTH = 8;

/** Plans each repo for itself: what one can't do is its own refusal, and the others go on. */
export async function planEach(context: Context, repos: readonly string[], plan: PlanOne): Promise<Draft> {
  const workspace = await readWorkspace(context);
  const limit = (await readSettings(context, workspace))['repo.budget'] * PLANNING;
  const { present, refused } = await splitByPresence(selectRepos(workspace, repos));
  const pool = slots(WIDTH);
  const drafts = await Promise.all(
    present.map((repo) =>
      pool.run(() =>
        planOne({ repo, target: repoTarget(repo) }, (chosen) =>
          patiently(context, { ...repo, limit }, (bounded) => plan(chosen, bounded)),
        ),
      ),
    ),
  );
  return {
    steps: drafts.flatMap(({ steps }) => steps),
    settled: drafts.flatMap(({ settled = [] }) => settled),
    refused: [...refused, ...drafts.flatMap(({ refused: own = [] }) => own)],
  };
}

/** Destructive commands act on named repos, or on all where that is said. */
export function requireNamed(
  command: string,
  { repos, all }: { repos: readonly string[]; all: boolean },
): void {
  if (all !== repos.length > 0) return;
  throw repoError('repos-unnamed', all ? 'Repos are named, and all are asked for.' : 'No repo is named.', {
    next: [`gantry ${command} REPO --dry-run`, `gantry ${command} --all --dry-run`],
  });
}

async function planOne(chosen: Chosen, plan: (chosen: Chosen) => Promise<Verdict>): Promise<Draft> {
  const { target } = chosen;
  try {
    const verdict = await plan(chosen);
    if ('steps' in verdict) return verdict;
    const settled: Settled[] = [{ target, reason: verdict.settled }];
    return { steps: [], settled };
  } catch (thrown) {
    return { steps: [], refused: [refusalOf(target, thrown)] };
  }
}
