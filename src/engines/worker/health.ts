import type { Context } from '#engines/core/context.ts';
import { askNow } from '#engines/process/ask-now.ts';
import { workersNamed } from './named.ts';
import type { WorkerHealth } from './row.ts';

/** Asks every worker now. */
export async function readHealth(
  { names }: { names: string[] },
  context: Context,
): Promise<{ health: WorkerHealth[] }> {
  const workers = workersNamed(context, names);
  const answers = await askNow(workers, context);
  const models = new Map(workers.map(({ spec }) => [spec.name, spec.about]));
  const health = answers.map(({ process: worker, ...answer }) => ({
    worker,
    ...answer,
    model: models.get(worker) ?? null,
  }));
  return { health };
}
