import type { Receipt, StepReceipt } from '#engines/core/receipt.ts';
import type { RepoResult } from './types.ts';

/** One row per repo: its last step says what came of it. */
export function concludeRepos(receipt: Receipt): { repos: RepoResult[] } {
  return { repos: lastSteps(receipt).map(resultOf) };
}

export function lastSteps({ steps }: Receipt): StepReceipt[] {
  return [...new Map(steps.map((step) => [step.target.name, step])).values()];
}

export function resultOf({ target, status, summary }: StepReceipt): RepoResult {
  return { repo: target.name, status, summary };
}
