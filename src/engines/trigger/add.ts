import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { callFrom, type WantedCall } from '#engines/job/call.ts';
import { planAdding } from '#engines/job/plan.ts';
import { callersPath } from '#engines/process/environment.ts';
import type { Definition, On } from './definition.ts';
import { triggerError } from './errors.ts';
import { TRIGGER } from './noun.ts';
import { occasionFrom, type WantedOccasion } from './occasion.ts';
import { triggerAdd } from './operations.ts';

interface AddInput extends WantedCall, WantedOccasion {
  name?: string;
  overlap?: Definition['overlap'];
  rate: number;
  force: boolean;
}

/** What somebody sends is to be done; what a command itself changes on its way is not to begin it again. */
const OVERLAP: Record<On, Definition['overlap']> = {
  webhook: 'queue',
  file: 'skip',
  git: 'queue',
  process: 'queue',
  a2a: 'queue',
};

export async function planAdd(input: AddInput, context: Context): Promise<Draft> {
  const { call: wanted, name: usual, asks, artifact } = await callFrom(input, 'trigger', context);
  const { name = usual, on, overlap = OVERLAP[on], rate, force } = input;
  const definition: Definition = {
    ...{ name, overlap, rate, call: wanted },
    occasion: await occasionFrom(input, { artifact, flow: input.flow }, context),
    workspace: context.workspace ?? null,
    cwd: context.cwd,
    env: callersPath(context),
  };
  const adding = {
    ...{ definition, asks, force },
    add: (before: Definition | null) => call(triggerAdd, { definition, before }),
    exists: () => exists(name),
  };
  return planAdding(TRIGGER, adding, context);
}

function exists(name: string) {
  return triggerError('trigger-exists', `There is another trigger ${name}.`, {
    next: [`gantry trigger list ${quote(name)}`, `gantry trigger add ${quote(name)} … --force`],
  });
}
