import type { Context } from '#engines/core/context.ts';
import type { Target } from '#engines/core/plan.ts';
import { appliedBy } from '#engines/job/apply.ts';
import { runBy } from '#engines/job/apply-run.ts';
import { definitionNow } from '#engines/job/noun.ts';
import { SCHEDULE } from './noun.ts';

export const {
  checkAdd,
  applyAdd,
  checkRemove,
  applyRemove,
  checkPause,
  applyPause,
  checkResume,
  applyResume,
} = appliedBy(SCHEDULE);

export const { checkRun, applyRun } = runBy('schedule', null);

export async function readDefinitionFact(
  { name }: { name: string },
  _: Target,
  context: Context,
): Promise<string> {
  return definitionNow(SCHEDULE, name, context);
}
