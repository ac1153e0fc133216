import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { exitWords, isAtRest } from '../status.ts';
import { supervisor } from '../supervisor.ts';
import { applied, found, recordOf } from './left.ts';

type Stop = Application<{ name: string }>;

export async function checkStop({ args: { name } }: Stop, context: Context): Promise<Applied | undefined> {
  const record = recordOf(context, name);
  if (record && !isAtRest(record.status)) return undefined;
  return applied(context, name, 'stopped', { spec: record?.spec ?? null, ran: true });
}

export async function applyStop({ args: { name } }: Stop, context: Context): Promise<Applied> {
  const before = found(context, name);
  const { exit } = await context.use(supervisor).stop(name);
  return applied(context, name, before.ran && exit ? `stopped, ${exitWords(exit)}` : 'stopped', before);
}
