import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { gitWorktreeRemove } from '#engines/git/operations.ts';
import { readPrunable } from '#engines/git/worktree/prunable.ts';
import { readWorkspace } from '#engines/workspace/read.ts';
import { baseOf, worktreeTarget } from './place.ts';
import { planTogether } from './plan-set.ts';

/** Makes git forget the worktrees whose directories are gone; what it knew of them goes into the trash. */
export async function planPrune({ repos }: { repos: string[] }, context: Context): Promise<Draft> {
  const workspace = await readWorkspace(context);
  return planTogether(context, { workspace, repos }, async ({ repo }, bounded) => {
    const prunable = await readPrunable(bounded, repo.path);
    if (prunable.length === 0) return { settled: 'has nothing to prune' };
    return {
      steps: prunable.map(({ id, directory, worktree }, index) => ({
        id: `${repo.name}/${index + 1}`,
        target: worktreeTarget(repo, worktree ?? directory),
        expects: [],
        ...call(gitWorktreeRemove, { id, top: baseOf(workspace), branch: null }),
      })),
    };
  });
}
