import type { Context } from '#engines/core/context.ts';
import { quote } from '#engines/core/shell.ts';
import { isNamed } from '#engines/process/named.ts';
import type { ProcessRecord } from '#engines/process/records.ts';
import { workerError } from './errors.ts';
import { keptWorkers, workersNamed } from './named.ts';
import { findPool, type Pool } from './pool/find.ts';
import type { Pooled } from './pool/generations.ts';

/** A worker with the pool manager that keeps it. */
export interface PoolWorker {
  pool: Pool;
  worker: Pooled;
}

export interface Found {
  own: ProcessRecord[];
  theirs: PoolWorker[];
}

/**
 * Gantry's own workers and those of a pool manager, by name; all of both for no names. The manager is asked only where
 * Gantry's own are not all that is meant. Throws `worker-unknown`, and what asking the manager throws.
 */
export async function findWorkers(context: Context, names: readonly string[]): Promise<Found> {
  const kept = keptWorkers(context);
  const isOwn = (name: string) => kept.some((one) => isNamed(one, name));
  if (names.length > 0 && names.every(isOwn)) return { own: workersNamed(context, names), theirs: [] };
  const pooled = await pooledWorkers(context);
  if (names.length === 0) return { own: kept, theirs: pooled };
  const theirs = pooled.filter(({ worker }) => names.includes(worker.id) && !isOwn(worker.id));
  const others = names.filter((name) => !theirs.some(({ worker }) => worker.id === name));
  return { own: others.length > 0 ? workersNamed(context, others) : [], theirs };
}

/** Workers that Gantry keeps itself, for what a pool manager has no way to tell or do. Throws also `worker-pooled`. */
export async function requireOwn(context: Context, names: readonly string[]): Promise<ProcessRecord[]> {
  const { own, theirs } = await findWorkers(context, names);
  const [first] = theirs;
  if (!first) return own;
  const { id } = first.worker;
  throw workerError(
    'worker-pooled',
    `${id} is with the pool manager on port ${first.pool.port}, and so is its log.`,
    {
      next: [`gantry worker health ${quote(id)}`, `gantry worker stop ${quote(id)}`],
      details: { worker: id, port: first.pool.port },
    },
  );
}

async function pooledWorkers(context: Context): Promise<PoolWorker[]> {
  const pool = await findPool(context);
  if (!pool) return [];
  const { listPooled } = await import('./pool/manager.ts');
  return (await listPooled(pool, context)).map((worker) => ({ pool, worker }));
}
