import type { Context } from '#engines/core/context.ts';
import type { ProcessRecord } from '#engines/process/records.ts';
import { type CpuShare, rowsOf } from '#engines/process/rows.ts';
import type { Process } from '#engines/process/types.ts';
import { findWorkers, type PoolWorker } from './found.ts';
import { labelsOf } from './labels.ts';
import { addressOf } from './pool/find.ts';
import type { WorkerRow } from './row.ts';

export async function readList(
  { names }: { names: string[] },
  context: Context,
): Promise<{ workers: WorkerRow[] }> {
  const { own, theirs } = await findWorkers(context, names);
  return { workers: [...workerRows(own), ...theirs.map(pooledRow)] };
}

export function workerRows(workers: readonly ProcessRecord[], share?: CpuShare): WorkerRow[] {
  const processes = rowsOf(workers, share);
  return workers.map((worker, index) => rowOf(worker, processes[index] as Process));
}

function rowOf(worker: ProcessRecord, seen: Process): WorkerRow {
  const { backend, gpu, bind, dialect } = labelsOf(worker);
  const { id, about: model, phase: state, why, pid, port, restarts, cpu, memory } = seen;
  const { startedAt, readyAt, exit, workspace } = seen;
  return {
    ...{ id, backend, model, gpu, port, pid, state, why, startedAt, readyAt },
    ...{ memory, cpu, restarts, exit, bind: bind ?? null, dialect, workspace },
  };
}

/** A worker of a pool manager beside Gantry's own. */
export function pooledRow({ pool, worker: { uri: _, ...worker } }: PoolWorker): WorkerRow {
  return {
    ...worker,
    ...{ readyAt: null, memory: null, cpu: null, exit: null, bind: null, workspace: null },
    ...{ dialect: 'candled', pool: addressOf(pool) },
  };
}
