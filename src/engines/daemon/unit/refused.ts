import type { Context } from '#engines/core/context.ts';
import type { Draft } from '#engines/core/plan.ts';
import { daemonError } from '../errors.ts';
import { DAEMON } from '../target.ts';
import type { Unit } from './read.ts';

const SYSTEMS = { systemd: "systemd's manager of your services", launchd: 'launchd' };

/** Nothing is half done: without a manager there is nothing to install for. */
export function refused(unit: Unit | undefined, { env }: Pick<Context, 'env'>): Draft {
  const said = unit
    ? `${SYSTEMS[unit.manager.id]} can't be reached: ${unit.unreachable}`
    : 'This system has neither systemd nor launchd.';
  const next = unit?.manager.reach(env) ?? ['gantry daemon start'];
  const { failure } = daemonError('manager-absent', said, { next });
  return { workspace: null, steps: [], refused: [{ target: DAEMON, failure }] };
}
