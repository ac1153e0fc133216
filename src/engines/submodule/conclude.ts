import { relative } from 'node:path';
import type { Target } from '#engines/core/plan.ts';
import type { Receipt, StepReceipt } from '#engines/core/receipt.ts';
import { lastSteps, nextOf } from '#engines/workspace/conclude.ts';
import type { SubmoduleResult } from './types.ts';

/** One row per submodule. */
export function concludeSubmodules(receipt: Receipt): { submodules: SubmoduleResult[] } {
  return { submodules: resultsOf(receipt).map(({ result }) => result) };
}

/** The last step of each that was reached, with its row. */
export function resultsOf(receipt: Receipt): { step: StepReceipt; result: SubmoduleResult }[] {
  return lastSteps(receipt).map((step) => {
    const { target, status, summary } = step;
    return { step, result: { ...placeOf(target), status, summary, next: nextOf(step) } };
  });
}

function placeOf({ name, path, repo }: Target): Pick<SubmoduleResult, 'repo' | 'submodule'> {
  if (path === undefined || repo === undefined) return { repo: name, submodule: '' };
  const submodule = relative(repo, path);
  return { repo: name.slice(0, -(submodule.length + 1)), submodule };
}
