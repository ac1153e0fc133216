import type { Context } from '#engines/core/context.ts';
import { daemonError } from './errors.ts';

/** A command and its arguments. */
export interface Launch {
  command: string;
  args: string[];
  /** It has another program start the daemon, and ends then. */
  delegates?: boolean;
}

/**
 * How this program is started as a daemon, or with `--stdio` as the host of one parent.
 * The launcher leaves its own absolute path in GANTRY_PROGRAM. Throws `program-unknown`.
 */
export function daemonLaunch({ GANTRY_PROGRAM: program }: Context['env'], ...args: string[]): Launch {
  if (program?.startsWith('/')) return { command: program, args: ['daemon', 'run', ...args] };
  throw daemonError('program-unknown', 'GANTRY_PROGRAM names no program.', {
    next: ['bin/gantry daemon start'],
  });
}
