import type { Context } from '#engines/core/context.ts';
import { daemonLaunch } from '../program.ts';
import type { UnitStart } from './manager.ts';

/** Where a daemon of other directories would be another daemon. */
const DIRECTORIES = ['XDG_CONFIG_HOME', 'XDG_STATE_HOME', 'XDG_CACHE_HOME', 'GANTRY_STATE'];

/** How the manager starts this program: with its directories and its PATH, and with nothing else of this terminal. */
export function unitStart({ env }: Pick<Context, 'env'>): UnitStart {
  const { command } = daemonLaunch(env);
  const directories = DIRECTORIES.flatMap((name) => {
    const value = env[name];
    return value?.startsWith('/') ? [[name, value] as const] : [];
  });
  const path = (env.PATH ?? '').split(':').filter((entry) => entry.startsWith('/'));
  return {
    program: command,
    env: {
      PATH: [...new Set(path)].join(':'),
      ...Object.fromEntries(directories),
      // Ended for want of work, it would come back outside the unit.
      GANTRY_DAEMON_IDLE_MINUTES: '0',
    },
  };
}
