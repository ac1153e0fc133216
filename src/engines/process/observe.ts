import type { Context } from '#engines/core/context.ts';
import type { Target } from '#engines/core/plan.ts';
import { store } from '#engines/store/store.ts';
import { type ProcessRecord, readProcess } from './records.ts';
import { isAtRest } from './status.ts';

export const NONE = 'none';

export async function readRun({ name }: { name: string }, _: Target, context: Context): Promise<string> {
  const found = readProcess(context.use(store), name);
  return found ? runOf(found) : NONE;
}

/** The phase of a process at rest, or the mark of its present run. */
export function runOf({ status }: ProcessRecord): string {
  return isAtRest(status) ? status.phase : (status.run ?? status.phase);
}
