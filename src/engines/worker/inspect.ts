import type { Context } from '#engines/core/context.ts';
import { readInspect } from '#engines/process/inspect.ts';
import { lastLines } from '#engines/process/logs.ts';
import type { LogEvent, ProcessDetail } from '#engines/process/types.ts';
import { requireOwn } from './found.ts';
import { workerRows } from './list.ts';

import type { WorkerRow } from './row.ts';

export interface WorkerDetail {
  worker: WorkerRow;
  process: ProcessDetail;
  lines: LogEvent[];
}

/** All that is known of one worker, with the last lines that it wrote. */
export async function readWorkerInspect(
  { name, tail }: { name: string; tail: number },
  context: Context,
): Promise<WorkerDetail> {
  const [worker] = workerRows(await requireOwn(context, [name])) as [WorkerRow];
  return {
    worker,
    process: await readInspect({ name: worker.id }, context),
    lines: await lastLines([worker.id], tail, context),
  };
}
