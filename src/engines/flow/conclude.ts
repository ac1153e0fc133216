import type { Receipt, StepReceipt } from '#engines/core/receipt.ts';
import { resultOf } from '#engines/repo/conclude.ts';
import type { RepoResult } from '#engines/repo/types.ts';
import { lastSteps } from '#engines/workspace/conclude.ts';

/** What only leads to something else, or follows from it. */
const QUIET: ReadonlySet<string> = new Set([
  'git.switch',
  'git.config.edit',
  'git.config.revert',
  'git.fetch',
  'flow.note.clear',
  'flow.hook',
]);

/** One row per repo, which tells of all that was done there. */
export function concludeFlow(receipt: Receipt): { repos: RepoResult[] } {
  return {
    repos: lastSteps(receipt).map((last) => {
      const row = resultOf(last);
      if (last.failure || !receipt.steps.some((step) => isOf(step, last) && step.status === 'done'))
        return row;
      return { ...row, status: 'done', summary: summaryOf(receipt, last) };
    }),
  };
}

function summaryOf({ steps }: Receipt, last: StepReceipt): string {
  const done = steps.filter((step) => isOf(step, last) && step.status === 'done');
  const telling = done.filter((step) => step.op !== undefined && (!QUIET.has(step.op) || complains(step)));
  return (telling.length > 0 ? telling : done.slice(-1)).map(({ summary }) => summary).join('; ');
}

/** A hook that failed after all was done. */
function complains({ result }: StepReceipt): boolean {
  return typeof result === 'object' && result !== null && 'complaint' in result && result.complaint !== null;
}

function isOf({ target }: StepReceipt, last: StepReceipt): boolean {
  return target.kind === 'repo' && target.name === last.target.name;
}
