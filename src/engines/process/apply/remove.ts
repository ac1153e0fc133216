import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { supervisor } from '../supervisor.ts';
import { applied, found, recordOf } from './left.ts';

type Remove = Application<{ name: string }>;

export async function checkRemove(
  { args: { name } }: Remove,
  context: Context,
): Promise<Applied | 'unknown' | undefined> {
  // What it was can't be known any more, and so not be brought back.
  return recordOf(context, name) ? undefined : 'unknown';
}

export async function applyRemove({ args: { name } }: Remove, context: Context): Promise<Applied> {
  const before = found(context, name);
  await context.use(supervisor).remove(name);
  return applied(context, name, 'stopped and forgotten', before);
}
