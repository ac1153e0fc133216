import type { Context } from '#engines/core/context.ts';
import { durationOf } from '#engines/core/duration.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { processStepId, processTarget } from '#engines/process/step.ts';
import type { Backend } from '../backend/template.ts';
import { workerError } from '../errors.ts';
import { workerPool } from '../facts.ts';
import { findModel } from '../model/find.ts';
import { workerPoolSpawn } from '../operations.ts';
import type { SpawnInput } from '../spawn.ts';
import type { Pool } from './find.ts';
import { listPooled } from './manager.ts';

/** What a worker of a manager can't be told; by the names of options. */
const OWN = ['port', 'bind', 'health', 'dialect', 'restart'] as const;

const REF = /^(hf|file):/;

/** Has the manager start a worker; one of that name that it has already is left as it is. */
export async function planPoolSpawn(
  input: SpawnInput,
  { pool, backend, id }: { pool: Pool; backend: Backend; id: string },
  context: Context,
): Promise<Draft> {
  requireFit(input, pool);
  const ref = refOf(input, context);
  const target = processTarget(id);
  const known = (await listPooled(pool, context)).find((worker) => worker.id === id);
  if (known && known.state !== 'failed') {
    const reason = `is with the pool manager already, ${known.state}`;
    return { steps: [], settled: [{ target, reason }] };
  }
  const { gpu, wait } = input;
  const wanted = { id, backend: backend.name, gpu, ref };
  const within = wait ? (durationOf(backend.start_within) ?? 0) : 0;
  return {
    steps: [
      {
        ...{
          id: processStepId(id),
          target,
          expects: [expect(workerPool, { port: pool.port }, pool.generation)],
        },
        ...call(workerPoolSpawn, { pool: { ...pool }, wanted, within }),
      },
    ],
  };
}

function requireFit(input: SpawnInput, { port, generation }: Pool): void {
  const told = [
    ...OWN.filter((name) => input[name] !== undefined),
    ...(input.set.length > 0 ? ['set'] : []),
    ...(input.name !== undefined && generation !== 'status' ? ['name'] : []),
  ];
  if (told.length === 0) return;
  const options = told.map((name) => `--${name}`).join(', ');
  throw workerError('pool-unfit', `The pool manager on port ${port} can not be told ${options}.`, {
    next: ['GANTRY_POOL_USE=never gantry worker spawn …', 'gantry config set pool.use never'],
    details: { port, options: told },
  });
}

/** As its own notation has it, or a model of this machine by its path. */
function refOf({ model }: SpawnInput, context: Context): string {
  if (model === undefined) {
    throw workerError('model-needed', 'Which model is it to serve?', {
      next: ['gantry worker spawn … --model tinyllama', 'gantry worker spawn … --model hf:ORG/MODEL'],
    });
  }
  return REF.test(model) ? model : `file:${findModel(model, 'file', context).value}`;
}
