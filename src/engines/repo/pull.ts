import * as z from 'zod/mini';
import type { Context } from '#engines/core/context.ts';
import type { Draft } from '#engines/core/plan.ts';
import type { Receipt, StepReceipt } from '#engines/core/receipt.ts';
import { updateSteps } from '#engines/git/update.ts';
import { lastSteps } from '#engines/workspace/conclude.ts';
import { planEach } from './choose.ts';
import { resultOf } from './conclude.ts';
import type { PullResult } from './types.ts';

export function planPull(
  { repos, prune }: { repos: string[]; prune: boolean },
  context: Context,
): Promise<Draft> {
  return planEach(context, repos, async ({ target }, bounded) => ({
    steps: await updateSteps(bounded, target, { prune }),
  }));
}

/** The arrival that a fast-forward leaves in its receipt. */
const arrived = z.object({
  commits: z.number(),
  files: z.number(),
  subjects: z.array(z.object({ subject: z.string() })),
});

export function concludePull(receipt: Receipt): { repos: PullResult[] } {
  return { repos: lastSteps(receipt).map(pullOf) };
}

function pullOf(step: StepReceipt): PullResult {
  const arrival = z.safeParse(arrived, step.result);
  if (!arrival.success) return { ...resultOf(step), commits: 0, files: 0, subjects: [] };
  const { commits, files, subjects } = arrival.data;
  return { ...resultOf(step), commits, files, subjects: subjects.map(({ subject }) => subject) };
}
