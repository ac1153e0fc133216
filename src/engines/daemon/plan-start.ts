import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft, Target } from '#engines/core/plan.ts';
import { ownEdition } from './build.ts';
import { daemonInstance } from './facts.ts';
import { daemonFiles } from './files.ts';
import { NONE } from './instance.ts';
import { daemonStart } from './operations.ts';
import { askLiving } from './status.ts';
import { replaces } from './version.ts';

export const DAEMON: Target = { kind: 'daemon', name: 'daemon' };

export async function planStart(_: unknown, { paths, env }: Context): Promise<Draft> {
  const living = await askLiving(daemonFiles(paths).socket);
  if (living && !replaces(ownEdition(env), living)) {
    return {
      steps: [],
      settled: [{ target: DAEMON, reason: `runs already, version ${living.version}, pid ${living.pid}` }],
    };
  }
  const expects = [expect(daemonInstance, {}, living?.instance ?? NONE)];
  return { steps: [{ id: 'daemon/1', target: DAEMON, expects, ...call(daemonStart, {}) }] };
}
