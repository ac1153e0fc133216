import type { Context } from '#engines/core/context.ts';
import { daemonError } from './errors.ts';
import { daemonLink } from './link.ts';

/** Throws `asked-from-within` in the daemon: it can't go on with what it would have to end for. */
export function requireElsewhere({ use }: Pick<Context, 'use'>, command: string): void {
  if (!use(daemonLink).isHere) return;
  throw daemonError('asked-from-within', 'The daemon would have to end while it does this.', {
    next: [command],
  });
}
