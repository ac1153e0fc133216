import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { canonical } from '#engines/core/json.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft, Target } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { callersPath } from '#engines/process/environment.ts';
import { store } from '#engines/store/store.ts';
import { definitionNow } from './apply.ts';
import { callFrom, type WantedCall } from './call.ts';
import { parseComing } from './cron/parse.ts';
import { zoneOf } from './cron/zone.ts';
import type { Definition } from './definition.ts';
import { scheduleError } from './errors.ts';
import { scheduleDefinition } from './facts.ts';
import { scheduleAdd } from './operations.ts';
import { readSchedule } from './records.ts';

interface AddInput extends WantedCall, Pick<Definition, 'cron' | 'overlap' | 'catchUp'> {
  name?: string;
  zone?: string;
  force: boolean;
}

export async function planAdd(input: AddInput, context: Context): Promise<Draft> {
  const { call: wanted, name: usual, asks } = await callFrom(input, context);
  const { name = usual, zone = null, overlap, catchUp, force } = input;
  const definition: Definition = {
    ...{ name, zone, overlap, catchUp, call: wanted },
    cron: parseComing(input.cron, zoneOf(zone), context.now()),
    workspace: context.workspace ?? null,
    cwd: context.cwd,
    env: callersPath(context),
  };
  const target = scheduleTarget(name);
  const known = readSchedule(context.use(store), name);
  if (known && canonical(known.definition) === canonical(definition)) {
    const reason = known.paused ? 'is on record, and paused' : 'is on record';
    return { workspace: null, steps: [], settled: [{ target, reason }] };
  }
  if (known && !force) return { workspace: null, steps: [], refused: [{ target, failure: exists(name) }] };
  const add = call(scheduleAdd, { definition, before: known?.definition ?? null });
  const expects = [expect(scheduleDefinition, { name }, definitionNow(name, context))];
  return { workspace: null, steps: [{ id: `${name}/1`, target, expects, ...add, ...asks }] };
}

export function scheduleTarget(name: string): Target {
  return { kind: 'schedule', name };
}

function exists(name: string) {
  return scheduleError('schedule-exists', `There is another schedule ${name}.`, {
    next: [`gantry schedule list ${quote(name)}`, `gantry schedule add ${quote(name)} … --force`],
  }).failure;
}
