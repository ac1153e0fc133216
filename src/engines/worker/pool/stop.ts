import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Step } from '#engines/core/plan.ts';
import { processStepId, processTarget } from '#engines/process/step.ts';
import { workerPool } from '../facts.ts';
import { workerPoolStop } from '../operations.ts';
import type { Pool } from './find.ts';
import { listPooled } from './manager.ts';

/** Has the pool manager stop those of that names that it keeps. */
export async function poolStops(pool: Pool, names: readonly string[], context: Context): Promise<Step[]> {
  const ids = new Set((await listPooled(pool, context)).map(({ id }) => id));
  return [...new Set(names)]
    .filter((name) => ids.has(name))
    .map((id) => ({
      ...{ id: processStepId(id), target: processTarget(id) },
      expects: [expect(workerPool, { port: pool.port }, pool.generation)],
      ...call(workerPoolStop, { pool: { ...pool }, id }),
    }));
}
