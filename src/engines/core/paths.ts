import { join } from 'node:path';
import type { Paths } from './context.ts';

/**
 * Where Gantry keeps things for one person on one machine, after the XDG base directory specification.
 * A relative XDG path is ignored, as that specification says.
 */
export function pathsFrom(env: Readonly<Record<string, string | undefined>>): Paths {
  const home = env.HOME ?? '/';
  const base = (variable: string, fallback: string) => {
    const value = env[variable];
    return value?.startsWith('/') ? value : join(home, fallback);
  };
  const state = join(base('XDG_STATE_HOME', '.local/state'), 'gantry');
  const runtime = env.XDG_RUNTIME_DIR;
  return {
    home,
    state,
    config: join(base('XDG_CONFIG_HOME', '.config'), 'gantry'),
    cache: join(base('XDG_CACHE_HOME', '.cache'), 'gantry'),
    runtime: runtime?.startsWith('/') ? join(runtime, 'gantry') : join(state, 'run'),
  };
}
