import type { Context } from '#engines/core/context.ts';
import { failureOf, GantryError } from '#engines/core/errors.ts';
import type { Draft, Refusal, Settled, Step, Target } from '#engines/core/plan.ts';
import { readWorkspace, selectRepos } from '#engines/workspace/read.ts';
import { repoTarget, splitByPresence } from '#engines/workspace/targets.ts';
import type { WorkspaceRepo } from '#engines/workspace/types.ts';
import { repoError } from './errors.ts';

export interface Chosen {
  repo: WorkspaceRepo;
  target: Target;
}

/** What a planner has to say about one repo. */
export type Verdict = { steps: Step[] } | { settled: string };

/** Plans each repo for itself: what one can't do is its own refusal, and the others go on. */
export async function planEach(
  context: Context,
  repos: readonly string[],
  plan: (chosen: Chosen) => Promise<Verdict>,
): Promise<Draft> {
  const workspace = await readWorkspace(context);
  const { present, refused } = await splitByPresence(selectRepos(workspace, repos));
  const drafts = await Promise.all(present.map((repo) => planOne({ repo, target: repoTarget(repo) }, plan)));
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
    if (!(thrown instanceof GantryError) || isForAll(thrown)) throw thrown;
    const refused: Refusal[] = [{ target, failure: failureOf(thrown) }];
    return { steps: [], refused };
  }
}

/** Without git there is nothing to plan for anybody. */
function isForAll({ failure }: GantryError): boolean {
  return failure.code === 'git-missing';
}
