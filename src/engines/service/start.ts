import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft, Refusal, Settled, Step } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { processStart } from '#engines/process/operations.ts';
import { isAtRest } from '#engines/process/status.ts';
import { processStep } from '#engines/process/step.ts';
import { digestOf } from './define.ts';
import type { Definition } from './definition.ts';
import { definitionsFrom, type Wanted } from './definitions.ts';
import { serviceError } from './errors.ts';
import { type Kept, keptServices } from './named.ts';
import { freeIndices, replicaIndex, specOf } from './replicas.ts';
import { defineStep, serviceTarget } from './steps.ts';

export interface StartInput extends Wanted {
  wait: boolean;
}

/** Puts services on record and starts what of them does not run; one that runs as something else is refused. */
export async function planStart(input: StartInput, context: Context): Promise<Draft> {
  const kept = keptServices(context);
  const planned = (await definitionsFrom(input, context)).map((definition) =>
    planOne(definition, {
      wait: input.wait,
      known: kept.find((one) => one.definition.name === definition.name),
    }),
  );
  return {
    steps: planned.flatMap(({ steps = [] }) => steps),
    settled: planned.flatMap(({ settled = [] }) => settled),
    refused: planned.flatMap(({ refused = [] }) => refused),
  };
}

type Planned = { steps?: Step[]; settled?: Settled[]; refused?: Refusal[] };

function planOne(definition: Definition, { known, wait }: { known?: Kept; wait: boolean }): Planned {
  const target = serviceTarget(definition.name);
  const isSame = known !== undefined && digestOf(known.definition) === digestOf(definition);
  const running = runningOf(known);
  if (running.length > 0 && !isSame)
    return { refused: [{ target, failure: runsOtherwise(definition.name) }] };
  const define = isSame ? [] : [defineStep(definition, known?.definition ?? null)];
  const starts = startSteps(definition, { known, wait, after: define.map(({ id }) => id) });
  if (define.length + starts.length === 0) return { settled: [{ target, reason: 'runs already' }] };
  return { steps: [...define, ...starts] };
}

interface Starting {
  known?: Kept;
  wait: boolean;
  after: string[];
}

/** One step for each replica that is missing. */
export function startSteps(definition: Definition, { known, wait, after }: Starting): Step[] {
  const running = new Set(runningOf(known).map(({ spec }) => replicaIndex(spec.name) ?? 0));
  return freeIndices(Math.max(definition.replicas - running.size, 0), running).map((index) => {
    const spec = specOf(definition, index);
    const before = known?.replicas.find((replica) => replica.spec.name === spec.name);
    return processStep(spec.name, before, call(processStart, { spec, wait }), after);
  });
}

function runningOf(known?: Kept): Kept['replicas'] {
  return known?.replicas.filter(({ status }) => !isAtRest(status)) ?? [];
}

function runsOtherwise(name: string) {
  return serviceError('service-running', `${name} runs already, started otherwise.`, {
    next: [`gantry service list ${quote(name)}`, `gantry service stop ${quote(name)}`],
  }).failure;
}
