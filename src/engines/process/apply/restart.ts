import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { pidOf } from '../signal.ts';
import { supervisor } from '../supervisor.ts';
import { applied, found } from './left.ts';
import { requireReady } from './start.ts';

type Restart = Application<{ name: string; wait: boolean }>;

/** Once more does no harm. */
export async function checkRestart(): Promise<undefined> {
  return undefined;
}

export async function applyRestart({ args: { name, wait } }: Restart, context: Context): Promise<Applied> {
  const before = found(context, name);
  const kept = context.use(supervisor);
  const status = await kept.restart(name);
  const last = wait ? await kept.settled(name, context.signal) : status;
  if (before.spec && (wait || last.phase === 'failed')) await requireReady(before.spec, last, context);
  const { identity, phase } = last;
  return applied(context, name, identity ? `${phase}, pid ${pidOf(identity)}` : phase, before);
}
