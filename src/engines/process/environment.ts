import type { Context } from '#engines/core/context.ts';
import { MARK } from './marks.ts';
import type { ProcessSpec } from './spec.ts';

type Environment = Context['env'];

/** What a process has of its user and machine; nothing else of whoever happened to start the daemon reaches it. */
const INHERITED: ReadonlySet<string> = new Set([
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'PATH',
  'LANG',
  'LANGUAGE',
  'TZ',
  'TMPDIR',
  'XDG_RUNTIME_DIR',
  'XDG_CONFIG_HOME',
  'XDG_CACHE_HOME',
  'XDG_DATA_HOME',
  'XDG_STATE_HOME',
  'DBUS_SESSION_BUS_ADDRESS',
  'LD_LIBRARY_PATH',
]);

/** The PATH of whoever starts something: it finds what the daemon's may not. */
export function callersPath({ env }: { env: Environment }): Record<string, string> {
  return env.PATH === undefined ? {} : { PATH: env.PATH };
}

interface Parts {
  machine: Environment;
  /** What its sets of variables say now. */
  variables?: Environment;
  secrets?: Environment;
  run: string;
}

/** The environment of one run: the machine's, that of its sets, its own, its secrets, and the mark of the run. */
export function environmentOf(
  { name, defaults, env, port }: ProcessSpec,
  { machine, variables, secrets, run }: Parts,
): Environment {
  const inherited = Object.entries(machine).filter(([key]) => INHERITED.has(key) || key.startsWith('LC_'));
  return {
    ...Object.fromEntries(inherited),
    ...(port === null ? {} : { PORT: String(port) }),
    ...defaults,
    ...variables,
    ...env,
    ...secrets,
    GANTRY_PROCESS: name,
    [MARK]: run,
  };
}
