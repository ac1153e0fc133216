import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import type { Call, Draft, OperationStep, Settled } from '#engines/core/plan.ts';
import { processRemove, processRestart, processStop } from '#engines/process/operations.ts';
import type { ProcessRecord } from '#engines/process/records.ts';
import { isAtRest } from '#engines/process/status.ts';
import { processStep } from '#engines/process/step.ts';
import { type Kept, servicesNamed } from './named.ts';
import { forgetStep, serviceTarget } from './steps.ts';

export interface Named {
  names: string[];
}

export async function planStop({ names }: Named, context: Context): Promise<Draft> {
  return planned(servicesNamed(context, names), {
    wanted: ({ status }) => !isAtRest(status),
    change: (name) => call(processStop, { name }),
    otherwise: 'does not run',
  });
}

export async function planRestart(
  { names, wait }: Named & { wait: boolean },
  context: Context,
): Promise<Draft> {
  return planned(servicesNamed(context, names), {
    wanted: () => true,
    change: (name) => call(processRestart, { name, wait }),
    otherwise: 'has no replicas',
  });
}

/** One replica after the other, each when the one before is ready again. */
export async function planReload({ names }: Named, context: Context): Promise<Draft> {
  const draft = await planRestart({ names, wait: true }, context);
  const before = new Map<string, string>();
  const steps = (draft.steps as OperationStep[]).map((step) => {
    const service = step.target.name.split(':')[0] as string;
    const last = before.get(service);
    before.set(service, step.id);
    return last === undefined ? step : { ...step, after: [last] };
  });
  return { ...draft, steps };
}

export async function planRemove({ names }: Named, context: Context): Promise<Draft> {
  const services = servicesNamed(context, names);
  const steps = services.flatMap(({ definition, replicas }) => {
    const removals = replicas.map((replica) =>
      processStep(replica.spec.name, replica, call(processRemove, { name: replica.spec.name })),
    );
    return [...removals, { ...forgetStep(definition), after: removals.map(({ id }) => id) }];
  });
  return { steps };
}

interface Change {
  wanted(replica: ProcessRecord): boolean;
  change(name: string): Call;
  /** What is said of a service of which no replica is wanted. */
  otherwise: string;
}

function planned(services: readonly Kept[], { wanted, change, otherwise }: Change): Draft {
  const settled: Settled[] = [];
  const steps = services.flatMap(({ definition, replicas }) => {
    const chosen = replicas.filter(wanted);
    if (chosen.length === 0) settled.push({ target: serviceTarget(definition.name), reason: otherwise });
    return chosen.map((replica) => processStep(replica.spec.name, replica, change(replica.spec.name)));
  });
  return { steps, settled };
}
