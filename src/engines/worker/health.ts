import type { Context } from '#engines/core/context.ts';
import type { Failure } from '#engines/core/errors.ts';
import { judgeNow, verdictOn } from '#engines/process/joined/judge.ts';
import type { ProcessRecord } from '#engines/process/records.ts';
import { findWorkers } from './found.ts';
import type { WorkerHealth } from './row.ts';

/** Asks every worker now. */
export async function readHealth(
  { names }: { names: string[] },
  context: Context,
): Promise<{ health: WorkerHealth[] }> {
  const { own, theirs } = await findWorkers(context, names);
  const health = await judgeOwn(own, context);
  if (theirs.length === 0) return { health };
  const { judgePooled } = await import('./pool/health.ts');
  return { health: [...health, ...(await judgePooled(theirs, context))] };
}

export function verdictOf({ health }: { health: WorkerHealth[] }): Failure | undefined {
  return verdictOn(health.map(({ worker, ...judged }) => ({ process: worker, ...judged })));
}

async function judgeOwn(workers: readonly ProcessRecord[], context: Context): Promise<WorkerHealth[]> {
  const judged = await judgeNow(workers, context);
  const models = new Map(workers.map(({ spec }) => [spec.name, spec.about]));
  return judged.map(({ process: worker, ...one }) => ({ worker, ...one, model: models.get(worker) ?? null }));
}
