import type { Receipt } from '#engines/core/receipt.ts';
import { lastSteps, nextOf } from '#engines/workspace/conclude.ts';
import type { WorktreeResult } from './types.ts';

/** One row per repo. */
export function concludeWorktrees(receipt: Receipt): { worktrees: WorktreeResult[] } {
  return {
    worktrees: lastSteps(receipt).map((step) => {
      const { target, status, summary } = step;
      const there = receipt.steps.find((one) => one.target.name === target.name && one.target.repo);
      return {
        repo: target.name,
        path: there?.target.path ?? null,
        status,
        summary,
        next: nextOf(step),
      };
    }),
  };
}
