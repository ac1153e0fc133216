import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { presenceOf } from './targets.ts';

/**
 * Moves a directory, across file systems too. Whoever looks after a crash finds it whole at one of the two places, so
 * that moving again completes the move.
 */
export async function moveTree(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  if (await isAcross(from, to)) await copyTree(from, to);
}

/** Tries the plain way; true where the two places are on different file systems. */
async function isAcross(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return false;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EXDEV') return true;
    throw thrown;
  }
}

async function copyTree(from: string, to: string): Promise<void> {
  if ((await presenceOf(to)) === 'absent') {
    const partial = `${to}.partial`;
    await rm(partial, { recursive: true, force: true });
    await cp(from, partial, {
      recursive: true,
      verbatimSymlinks: true,
      preserveTimestamps: true,
      errorOnExist: true,
    });
    await rename(partial, to);
  }
  await rm(from, { recursive: true, force: true });
}
