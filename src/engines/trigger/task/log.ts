import { journalOf } from '#engines/activity/journal.ts';
import { findActivity } from '#engines/activity/read.ts';
import type { Context } from '#engines/core/context.ts';
import type { Run } from '#engines/job/runs.ts';
import { placeOf, runId, runsDirectory } from '#engines/pipeline/witness/place.ts';
import { store } from '#engines/store/store.ts';

/** What came of a task, in the words of the format. */
export interface ExecutionLog {
  steps_completed: number;
  /** Whether every step of the flow did what it should; what its author wrote about success nobody here can judge. */
  success_criteria_met: boolean;
  /** File with everything that happened. */
  witness_ref: string | null;
}

export function executionLogOf(
  { activity, outcome }: Run,
  context: Pick<Context, 'use' | 'paths'>,
): ExecutionLog {
  const opened = context.use(store);
  const found = activity === null ? undefined : findActivity(opened, activity);
  const steps = found ? journalOf(opened, found.id) : [];
  return {
    steps_completed: steps.filter(({ receipt }) => receipt?.status === 'done').length,
    success_criteria_met: outcome === 'done',
    witness_ref: found ? placeOf(runsDirectory(context), runId(found.startedAt, found.id, 1)).file : null,
  };
}
