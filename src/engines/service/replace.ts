import { call } from '#engines/core/operation.ts';
import type { Draft, OperationStep } from '#engines/core/plan.ts';
import { processRemove, processStart } from '#engines/process/operations.ts';
import { processStep } from '#engines/process/step.ts';
import type { Definition } from './definition.ts';
import type { Kept } from './named.ts';
import { releaseText } from './records.ts';
import { freeIndices, replicaIndex, specOf } from './replicas.ts';
import { defineStep, serviceTarget } from './steps.ts';

/**
 * Puts other replicas in the place of those there are, one after the other: the new one has to be ready before the old
 * one goes. One that does not come to be ready is taken away again, and the old ones that are left go on.
 */
export function replacing({ definition: before, replicas }: Kept, definition: Definition): Draft {
  const target = serviceTarget(definition.name);
  if (releaseText(before) === releaseText(definition)) {
    return { steps: [], settled: [{ target, reason: 'is deployed already' }] };
  }
  const taken = new Set(replicas.map(({ spec }) => replicaIndex(spec.name) ?? 0));
  const steps: OperationStep[] = [];
  const then = (step: OperationStep) => {
    const last = steps.at(-1);
    steps.push(last ? { ...step, after: [last.id] } : step);
  };
  const old = [...replicas];
  for (const index of freeIndices(definition.replicas, taken)) {
    const spec = specOf(definition, index);
    then(processStep(spec.name, undefined, call(processStart, { spec, wait: true, orForget: true })));
    const next = old.shift();
    if (next) then(removal(next));
  }
  for (const rest of old) then(removal(rest));
  then(defineStep(definition, before));
  return { steps };
}

function removal(replica: Kept['replicas'][number]): OperationStep {
  const { name } = replica.spec;
  return processStep(name, replica, call(processRemove, { name }));
}
