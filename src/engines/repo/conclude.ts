import type { Receipt, StepReceipt } from '#engines/core/receipt.ts';
import { lastSteps, nextOf } from '#engines/workspace/conclude.ts';
import type { RepoResult } from './types.ts';

/** One row per repo. */
export function concludeRepos(receipt: Receipt): { repos: RepoResult[] } {
  return { repos: lastSteps(receipt).map(resultOf) };
}

export function resultOf(step: StepReceipt): RepoResult {
  const { target, status, summary } = step;
  return { repo: target.name, status, summary, next: nextOf(step) };
}
