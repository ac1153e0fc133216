import type { Context } from '#engines/core/context.ts';
import type { Failure } from '#engines/core/errors.ts';
import { judgeNow, verdictOn } from '#engines/process/joined/judge.ts';
import { workersNamed } from './named.ts';
import type { WorkerHealth } from './row.ts';

/** Asks every worker now. */
export async function readHealth(
  { names }: { names: string[] },
  context: Context,
): Promise<{ health: WorkerHealth[] }> {
  const workers = workersNamed(context, names);
  const answers = await judgeNow(workers, context);
  const models = new Map(workers.map(({ spec }) => [spec.name, spec.about]));
  const health = answers.map(({ process: worker, ...answer }) => ({
    worker,
    ...answer,
    model: models.get(worker) ?? null,
  }));
  return { health };
}

export function verdictOf({ health }: { health: WorkerHealth[] }): Failure | undefined {
  return verdictOn(health.map(({ worker, ...judged }) => ({ process: worker, ...judged })));
}
