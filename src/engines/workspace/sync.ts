import type { Context } from '#engines/core/context.ts';
import type { Draft } from '#engines/core/plan.ts';
import type { Receipt, StepReceipt } from '#engines/core/receipt.ts';
import { updateSteps } from '#engines/git/update.ts';
import { arrangeClones } from './clone.ts';
import { lastSteps, nextOf } from './conclude.ts';
import { otherOrigin } from './origin.ts';
import { readWorkspace, selectRepos } from './read.ts';
import { refusalOf, repoTarget } from './targets.ts';
import type { SyncResult, WorkspaceRepo } from './types.ts';

/** Clones what is missing; fetches everything else and fast-forwards what can be. */
export async function planSync({ repos }: { repos: string[] }, context: Context): Promise<Draft> {
  const workspace = await readWorkspace(context);
  const chosen = selectRepos(workspace, repos);
  const { steps, refused, cloned } = await arrangeClones(context, { workspace, repos: chosen });
  await noteOrigins(context, cloned);
  const updates = await Promise.all(cloned.map((repo) => planUpdate(context, repo)));
  return {
    steps: [...steps, ...updates.flatMap((update) => update.steps)],
    refused: [...refused, ...updates.flatMap((update) => update.refused ?? [])],
  };
}

async function planUpdate(context: Context, repo: WorkspaceRepo): Promise<Draft> {
  const target = repoTarget(repo);
  try {
    return { steps: await updateSteps(context, target, { prune: true }) };
  } catch (thrown) {
    return { steps: [], refused: [refusalOf(target, thrown)] };
  }
}

/** A clone goes on fetching from where it came from, whatever the manifest says by now. */
async function noteOrigins(context: Context, cloned: readonly WorkspaceRepo[]): Promise<void> {
  const origins = await Promise.all(cloned.map((repo) => otherOrigin(context, repo)));
  for (const [index, origin] of origins.entries()) {
    const { name, url } = cloned[index] as WorkspaceRepo;
    if (origin === null) continue;
    context.report({
      kind: 'note',
      text: `${name}: fetches from ${origin}, not from ${url} as the manifest says`,
    });
  }
}

/** One row per repo. */
export function concludeSync(receipt: Receipt): { repos: SyncResult[] } {
  return { repos: lastSteps(receipt).map(resultOf) };
}

function resultOf(step: StepReceipt): SyncResult {
  const { target, status, summary } = step;
  return { repo: target.name, status, summary, next: nextOf(step) };
}
