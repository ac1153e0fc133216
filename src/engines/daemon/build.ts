import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { type Edition, VERSION } from './version.ts';

/** This program, as it meets a daemon. */
export function ownEdition(env: Context['env']): Edition {
  return { version: VERSION, build: buildOf(env) };
}

/**
 * The build that the launcher starts now: a fingerprint of the daemon's door, which names every other file of its build
 * by a fingerprint of its own. None where nothing is bundled.
 */
export function buildOf({ GANTRY_PROGRAM: launcher }: Context['env']): string | undefined {
  if (!launcher?.startsWith('/')) return undefined;
  try {
    const door = readFileSync(join(dirname(launcher), '..', 'dist', 'daemon.cjs'));
    return createHash('sha256').update(door).digest('hex').slice(0, 12);
  } catch {
    return undefined;
  }
}
