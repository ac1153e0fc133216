import type { Context } from '#engines/core/context.ts';
import { canonical } from '#engines/core/json.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { ProcessSpec } from '../spec.ts';
import { supervisor } from '../supervisor.ts';
import { applied, found, recordOf } from './left.ts';

type Keep = Application<{ spec: ProcessSpec }>;

export async function checkKeep({ args: { spec } }: Keep, context: Context): Promise<Applied | undefined> {
  const record = recordOf(context, spec.name);
  if (!record || canonical(record.spec) !== canonical(spec)) return undefined;
  return applied(context, spec.name, 'on record', { spec: null, ran: false });
}

export async function applyKeep({ args: { spec } }: Keep, context: Context): Promise<Applied> {
  const before = found(context, spec.name);
  await context.use(supervisor).keep(spec);
  return applied(context, spec.name, 'on record', before);
}
