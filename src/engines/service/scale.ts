import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { processRemove } from '#engines/process/operations.ts';
import { isAtRest } from '#engines/process/status.ts';
import { processStep } from '#engines/process/step.ts';
import { type Kept, servicesNamed } from './named.ts';
import { startSteps } from './start.ts';
import { defineStep, serviceTarget } from './steps.ts';

interface ScaleInput {
  name: string;
  replicas: number;
  wait: boolean;
}

/** Starts the replicas that are missing; where there are too many, those at rest go first, then the highest index. */
export async function planScale(
  { name, replicas: wanted, wait }: ScaleInput,
  context: Context,
): Promise<Draft> {
  const [known] = servicesNamed(context, [name]) as [Kept];
  const { definition, replicas } = known;
  const scaled = { ...definition, replicas: wanted };
  const define = wanted === definition.replicas ? [] : [defineStep(scaled, definition)];
  const after = define.map(({ id }) => id);
  const byNeed = replicas.toSorted((a, b) => Number(isAtRest(a.status)) - Number(isAtRest(b.status)));
  const steps = [
    ...define,
    ...startSteps(scaled, { known, wait, after }),
    ...byNeed
      .slice(wanted)
      .map((replica) =>
        processStep(replica.spec.name, replica, call(processRemove, { name: replica.spec.name }), after),
      ),
  ];
  if (steps.length > 0) return { steps };
  const reason = `has ${wanted} replicas already`;
  return { steps, settled: [{ target: serviceTarget(definition.name), reason }] };
}
