import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { daemonInstance } from './facts.ts';
import { NONE, readInstance } from './instance.ts';
import { daemonStop } from './operations.ts';
import { DAEMON } from './plan-start.ts';

export async function planStop({ force }: { force: boolean }, context: Context): Promise<Draft> {
  const instance = await readInstance({}, DAEMON, context);
  if (instance === NONE)
    return { workspace: null, steps: [], settled: [{ target: DAEMON, reason: 'no daemon runs' }] };
  const expects = [expect(daemonInstance, {}, instance)];
  return {
    workspace: null,
    steps: [{ id: 'daemon/1', target: DAEMON, expects, ...call(daemonStop, { instance, force }) }],
  };
}
