import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import type { Call, Draft, Step } from '#engines/core/plan.ts';
import { isNamed } from '#engines/process/named.ts';
import { processRemove, processRestart, processStop } from '#engines/process/operations.ts';
import type { ProcessRecord } from '#engines/process/records.ts';
import { isAtRest } from '#engines/process/status.ts';
import { processStep, processTarget } from '#engines/process/step.ts';
import { workerError } from './errors.ts';
import { requireOwn } from './found.ts';
import { keptWorkers, workersNamed } from './named.ts';
import { findPool } from './pool/find.ts';

interface Chosen {
  names: string[];
  all: boolean;
}

export async function planStop(input: Chosen, context: Context): Promise<Draft> {
  const { own, steps } = await divided(input, context);
  const settled = own.filter(({ status }) => isAtRest(status));
  const stops = planned(
    own.filter(({ status }) => !isAtRest(status)),
    (name) => call(processStop, { name }),
  );
  return {
    steps: [...stops.steps, ...steps],
    settled: settled.map(({ spec }) => ({ target: processTarget(spec.name), reason: 'does not run' })),
  };
}

interface Divided {
  own: ProcessRecord[];
  steps: Step[];
}

/** Gantry's own, and the steps for those of a pool manager: they go by name alone, as nothing starts them again. */
async function divided(input: Chosen, context: Context): Promise<Divided> {
  const kept = keptWorkers(context);
  const runs = (name: string) => kept.some((one) => isNamed(one, name) && !isAtRest(one.status));
  const elsewhere = input.all ? [] : input.names.filter((name) => !runs(name));
  const pool = elsewhere.length > 0 ? await findPool(context) : undefined;
  if (!pool) return { own: await chosen(input, context), steps: [] };
  const { poolStops } = await import('./pool/stop.ts');
  const steps = await poolStops(pool, elsewhere, context);
  const others = input.names.filter((name) => !steps.some(({ target }) => target.name === name));
  return { own: others.length > 0 ? workersNamed(context, others) : [], steps };
}

export async function planRestart(input: Chosen & { wait: boolean }, context: Context): Promise<Draft> {
  return planned(await chosen(input, context), (name) => call(processRestart, { name, wait: input.wait }));
}

export async function planRemove(input: Chosen, context: Context): Promise<Draft> {
  return planned(await chosen(input, context), (name) => call(processRemove, { name }));
}

/** Throws `worker-unnamed` unless either names or all are meant. */
async function chosen({ names, all }: Chosen, context: Context): Promise<ProcessRecord[]> {
  if (all && names.length === 0) return keptWorkers(context);
  if (!all && names.length > 0) return requireOwn(context, names);
  const what = all ? 'Either names or --all is what' : 'Nobody said what';
  throw workerError('worker-unnamed', `${what} is meant.`, {
    next: ['gantry worker list', 'gantry worker stop --all'],
  });
}

function planned(workers: readonly ProcessRecord[], change: (name: string) => Call): Draft {
  const unique = [...new Map(workers.map((worker) => [worker.spec.name, worker])).values()];
  return {
    steps: unique.map((worker) => processStep(worker.spec.name, worker, change(worker.spec.name))),
  };
}
