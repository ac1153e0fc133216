import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { requireElsewhere } from './here.ts';
import { NONE, readInstance } from './instance.ts';
import { daemonStart } from './operations.ts';
import { stopStep } from './plan-stop.ts';
import { DAEMON } from './target.ts';
import { installedFor } from './unit/read.ts';

export async function planRestart({ force }: { force: boolean }, context: Context): Promise<Draft> {
  requireElsewhere(context, 'gantry daemon restart');
  const instance = await readInstance({}, DAEMON, context);
  const through = installedFor(context)?.id;
  const stops = instance === NONE ? [] : [await stopStep(instance, context, force)];
  const starts = [{ expects: [], ...call(daemonStart, through ? { through } : {}) }];
  const steps = [...stops, ...starts].map((one, index) => ({
    id: `daemon/${index + 1}`,
    target: DAEMON,
    ...one,
  }));
  return { workspace: null, steps };
}
