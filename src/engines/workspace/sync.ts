import type { Context } from '#engines/core/context.ts';
import type { Draft } from '#engines/core/plan.ts';
import type { Receipt, StepReceipt } from '#engines/core/receipt.ts';
import { updateSteps } from '#engines/git/update.ts';
import { arrangeClones } from './clone.ts';
import { readWorkspace, selectRepos } from './read.ts';
import { repoTarget } from './targets.ts';
import type { SyncResult } from './types.ts';

/** Clones what is missing; fetches everything else and fast-forwards what can be. */
export async function planSync({ repos }: { repos: string[] }, context: Context): Promise<Draft> {
  const workspace = await readWorkspace(context);
  const chosen = selectRepos(workspace, repos);
  const { steps, refused, cloned } = await arrangeClones(context, { workspace, repos: chosen });
  return {
    steps: [...steps, ...cloned.flatMap((repo) => updateSteps(repoTarget(repo), { prune: true }))],
    refused,
  };
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
