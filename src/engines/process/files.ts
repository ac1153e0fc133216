import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';

/** The directory in which the output of a process is kept, for as long as anybody may want to read it. */
export function logDirectory({ paths, env }: Pick<Context, 'paths' | 'env'>, name: string): string {
  return join(env.GANTRY_STATE ?? paths.state, 'processes', name);
}
