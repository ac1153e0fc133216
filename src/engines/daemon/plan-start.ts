import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import type { ChoiceStep, Draft } from '#engines/core/plan.ts';
import { ownEdition } from './build.ts';
import { daemonServing } from './facts.ts';
import { daemonFiles } from './files.ts';
import { daemonStart } from './operations.ts';
import { askLiving } from './status.ts';
import { DAEMON } from './target.ts';
import type { Living } from './types.ts';
import { installedFor } from './unit/read.ts';
import { replaces } from './version.ts';

export async function planStart(_: unknown, { paths, env }: Context): Promise<Draft> {
  const living = await askLiving(daemonFiles(paths).socket);
  if (living && servingOf(living, env) === 'current') {
    const reason = `runs already, version ${living.version}, pid ${living.pid}`;
    return { workspace: null, steps: [], settled: [{ target: DAEMON, reason }] };
  }
  const through = installedFor({ paths, env })?.id;
  const start = call(daemonStart, through ? { through } : {});
  const outcomes: ChoiceStep['outcomes'] = {
    none: start,
    older: start,
    current: { status: 'skipped', reason: 'runs already' },
  };
  return {
    workspace: null,
    steps: [{ id: 'daemon/1', target: DAEMON, expects: [], fact: daemonServing.id, args: {}, outcomes }],
  };
}

export async function readServing(_: unknown, __: unknown, { paths, env }: Context): Promise<Serving> {
  return servingOf(await askLiving(daemonFiles(paths).socket), env);
}

type Serving = 'none' | 'older' | 'current';

function servingOf(living: Living | undefined, env: Context['env']): Serving {
  if (!living) return 'none';
  return replaces(ownEdition(env), living) ? 'older' : 'current';
}
