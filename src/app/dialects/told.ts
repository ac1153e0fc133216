import type { Failure } from '#engines/core/errors.ts';
import type { Json } from '#engines/core/json.ts';
import type { Receipt } from '#engines/core/receipt.ts';
import { lastSteps } from '#engines/workspace/conclude.ts';
import type { Made, Told } from './dialect.ts';

/** What a call of that action gave; undefined where it was not made or gave nothing. */
export function dataOf<T>({ made }: Pick<Told, 'made'>, action: string): T | undefined {
  const outcome = made.findLast((one) => one.action === action)?.outcome;
  return outcome && 'data' in outcome ? (outcome.data as Json as T) : undefined;
}

/** The receipt of the command among the calls. */
export function receiptIn({ made }: Pick<Told, 'made'>): Receipt | undefined {
  const outcome = made.findLast(({ outcome }) => outcome.kind === 'receipt')?.outcome;
  return outcome?.kind === 'receipt' ? outcome.receipt : undefined;
}

/** Why the last call that was made did not come out well; a plan of which something is refused would not either. */
export function failureIn(made: readonly Made[]): Failure | undefined {
  const outcome = made.at(-1)?.outcome;
  if (outcome?.kind === 'plan') return outcome.plan.refused[0]?.failure;
  return outcome && 'failure' in outcome ? outcome.failure : undefined;
}

/** What is said where all went well; nothing where the failure says it. */
export function ifDone<T>({ made }: Pick<Told, 'made'>, value: T): T | undefined {
  return failureIn(made) ? undefined : value;
}

interface RepoResult {
  repo: string;
  success: boolean;
  status: string;
  message: string;
  failure?: Failure;
}

/** What came of each repo: all that was done there, or what stood in the way. */
export function repoResults(told: Pick<Told, 'made'>): RepoResult[] {
  const receipt = receiptIn(told);
  if (!receipt) return [];
  return lastSteps(receipt).map(({ target, status, summary, failure }) => {
    const success = status === 'done' || status === 'skipped';
    const own = receipt.steps.filter((step) => step.target.name === target.name && step.status === 'done');
    const done = own.map((step) => step.summary).join('; ');
    const message = success ? done || summary : (failure?.message ?? summary);
    return { repo: target.name, success, status, message, failure };
  });
}
