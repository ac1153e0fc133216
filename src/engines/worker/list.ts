import type { Context } from '#engines/core/context.ts';
import { isNamed } from '#engines/process/named.ts';
import type { ProcessRecord } from '#engines/process/records.ts';
import { type CpuShare, rowsOf } from '#engines/process/rows.ts';
import type { Process } from '#engines/process/types.ts';
import { labelsOf } from './labels.ts';
import { keptWorkers, workersNamed } from './named.ts';
import { findPool } from './pool/find.ts';
import type { WorkerRow } from './row.ts';

export async function readList(
  { names }: { names: string[] },
  context: Context,
): Promise<{ workers: WorkerRow[] }> {
  const pool = await findPool(context);
  if (!pool) return { workers: workerRows(workersNamed(context, names)) };
  const { pooledRows } = await import('./pool/manager.ts');
  const pooled = await pooledRows(pool, context);
  if (names.length === 0) return { workers: [...workerRows(keptWorkers(context)), ...pooled] };
  const theirs = pooled.filter(({ id }) => names.includes(id));
  const own = ownNamed(
    names,
    theirs.map(({ id }) => id),
    context,
  );
  return { workers: [...workerRows(own), ...theirs] };
}

/** Those of that names; one that has only the pool manager is no mistake. */
function ownNamed(names: readonly string[], theirs: readonly string[], context: Context): ProcessRecord[] {
  const kept = keptWorkers(context);
  const meant = names.filter((name) => !theirs.includes(name) || kept.some((one) => isNamed(one, name)));
  return meant.length > 0 ? workersNamed(context, meant) : [];
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
