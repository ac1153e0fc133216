import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { Application } from '#engines/core/operation.ts';
import { readExists } from './observe.ts';

/** Removed files are kept by activity and step until undo brings them back or prune deletes them. */
export function trashDirectory({ paths }: Pick<Context, 'paths'>): string {
  return join(paths.state, 'trash');
}

/** Where the files that one step removes are kept. */
export function trashOf(
  { activity, step }: Pick<Application, 'activity' | 'step'>,
  context: Context,
): string {
  return join(trashDirectory(context), activity, encodeURIComponent(step));
}

/** Whether nothing, or an empty directory, is at a path. */
export async function isAbsent(path: string): Promise<boolean> {
  return (await readExists({}, { kind: 'repo', name: path, path })) === 'absent';
}

export async function isMoved(from: string, to: string): Promise<boolean> {
  return (await isAbsent(from)) && !(await isAbsent(to));
}

export async function readTrashed({ trash }: { trash: string }): Promise<'kept' | 'gone'> {
  return (await isAbsent(trash)) ? 'gone' : 'kept';
}

/** Moves a directory into the trash, where nobody else may look. */
export async function moveToTrash(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await moveTree(from, to);
}

/**
 * Moves a directory, across file systems too. Whoever looks after a crash finds it whole at one of the two places, so
 * that moving again completes the move.
 */
export async function moveTree(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
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
  if (await isAbsent(to)) {
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
