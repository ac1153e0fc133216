import { closeSync, openSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { type Edition, VERSION } from './version.ts';

/** This program, as it meets a daemon. */
export function ownEdition(env: Context['env']): Edition {
  return { version: VERSION, build: buildOf(env) };
}

/**
 * The build that the launcher starts now: the fingerprint in the first line of its first file, which names all others by
 * theirs. None where nothing is bundled.
 */
export function buildOf({ GANTRY_PROGRAM: launcher }: Context['env']): string | undefined {
  if (!launcher?.startsWith('/')) return undefined;
  try {
    return /^\/\/([0-9a-f]{16})\n/.exec(
      beginningOf(join(dirname(launcher), '..', 'dist', 'gantry.cjs')),
    )?.[1];
  } catch {
    return undefined;
  }
}

function beginningOf(file: string): string {
  const opened = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(32);
    return bytes.toString('latin1', 0, readSync(opened, bytes));
  } finally {
    closeSync(opened);
  }
}
