import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { callFrom, type WantedCall } from '#engines/job/call.ts';
import { planAdding } from '#engines/job/plan.ts';
import { callersPath } from '#engines/process/environment.ts';
import { parseComing } from './cron/parse.ts';
import { zoneOf } from './cron/zone.ts';
import type { Definition } from './definition.ts';
import { scheduleError } from './errors.ts';
import { SCHEDULE } from './noun.ts';
import { scheduleAdd } from './operations.ts';

interface AddInput extends WantedCall, Pick<Definition, 'cron' | 'overlap' | 'catchUp'> {
  name?: string;
  zone?: string;
  force: boolean;
}

export async function planAdd(input: AddInput, context: Context): Promise<Draft> {
  const { call: wanted, name: usual, asks } = await callFrom(input, 'schedule', context);
  const { name = usual, zone = null, overlap, catchUp, force } = input;
  const definition: Definition = {
    ...{ name, zone, overlap, catchUp, call: wanted },
    cron: parseComing(input.cron, zoneOf(zone), context.now()),
    workspace: context.workspace ?? null,
    cwd: context.cwd,
    env: callersPath(context),
  };
  const adding = {
    ...{ definition, asks, force },
    add: (before: Definition | null) => call(scheduleAdd, { definition, before }),
    exists: () => exists(name),
  };
  return planAdding(SCHEDULE, adding, context);
}

function exists(name: string) {
  return scheduleError('schedule-exists', `There is another schedule ${name}.`, {
    next: [`gantry schedule list ${quote(name)}`, `gantry schedule add ${quote(name)} … --force`],
  });
}
