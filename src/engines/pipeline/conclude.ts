import * as z from 'zod/mini';
import type { Receipt, StepReceipt } from '#engines/core/receipt.ts';
import type { Concluded } from './rows.ts';
import { resultSchema, type StepResult } from './types.ts';
import { rootOf } from './witness/place.ts';

export function concludeRun({ steps }: Receipt): Concluded {
  const results = steps.map((step) => ({ step, result: resultOf(step) }));
  const first = results.find(({ result }) => result)?.result;
  return {
    run: first ? rootOf(first.run) : null,
    executed: steps.filter(({ status }) => status === 'done').length,
    steps: results.map(({ step, result }) => ({
      step: result?.step ?? step.step,
      run: result?.run ?? null,
      status: step.status,
      said: result?.said ?? step.summary,
      attempts: result?.attempts ?? 0,
      duration: step.duration,
    })),
  };
}

/** A step that failed has it among the details of its failure. */
function resultOf({ result, failure }: StepReceipt): StepResult | undefined {
  const parsed = z.safeParse(resultSchema, result ?? failure?.details);
  return parsed.success ? parsed.data : undefined;
}
