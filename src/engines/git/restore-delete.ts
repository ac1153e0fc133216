import { lstat, rm, rmdir } from 'node:fs/promises';
import type { Context } from '#engines/core/context.ts';
import { type BytePath, below, parentOf } from './bytes.ts';
import { listUntracked } from './changes.ts';
import { replacedBy } from './in-the-way.ts';
import { readIndex } from './index-entries.ts';
import { ignoredBySnapshot } from './snapshot-ignored.ts';
import type { SnapshotState } from './snapshot-state.ts';
import { emptyDirectories } from './survey.ts';

interface Deletion {
  context: Context;
  /** Absolute path of the worktree. */
  cwd: string;
  /** The git directory of this worktree. */
  own: string;
  /** The snapshot's commit. */
  oid: string;
  state: SnapshotState;
}

/**
 * Everything untracked: the index's files could not come back past it, and what was untracked then follows. A file that the
 * rules of now or those of the snapshot ignore is nobody's work on this state: it stays, unless something comes in its place.
 */
export async function deleteUntracked(deletion: Deletion): Promise<void> {
  const { context, cwd, state } = deletion;
  const files = (await listUntracked(context, cwd, { ignored: state.ignored })).filter(
    (path) => !path.endsWith('/'),
  );
  const directories = await emptyDirectories(context, cwd, state.ignored);
  const stays = await ignoredThen(deletion, [...files, ...directories.map(insideOf)]);
  for (const path of files.filter((one) => !stays.has(one))) await removeFile(cwd, path);
  for (const path of directories.filter((one) => !stays.has(insideOf(one)))) await removeEmpty(cwd, path);
  // git would refuse to replace a changed file that it was told to overlook.
  for (const { path, overlooked } of await readIndex(context, cwd)) {
    if (overlooked) await removeFile(cwd, path);
  }
}

async function ignoredThen(deletion: Deletion, paths: BytePath[]): Promise<Set<BytePath>> {
  const { context, cwd, state } = deletion;
  if (state.ignored) return new Set();
  const ignored = await ignoredBySnapshot(context, deletion, paths);
  return ignored.difference(new Set(await replacedBy(context, cwd, state)));
}

/** A path whose rules are those of a directory: git can't be asked about a directory that isn't there. */
function insideOf(directory: BytePath): BytePath {
  return `${directory}/_`;
}

export async function removeFile(cwd: string, path: BytePath): Promise<void> {
  if (!(await hasRealParents(cwd, path))) return;
  const place = below(cwd, path);
  const info = await lstat(place).catch(() => undefined);
  if (info?.isDirectory()) return;
  if (info) await rm(place);
  await removeEmpty(cwd, parentOf(path));
}

/** Removes a directory and those above it as far as they are empty. */
async function removeEmpty(cwd: string, path: BytePath): Promise<void> {
  for (let directory = path; directory !== ''; directory = parentOf(directory)) {
    const removed = await rmdir(below(cwd, directory)).then(
      () => true,
      () => false,
    );
    if (!removed) return;
  }
}

/** False where a link leads out of the directory that the path names. */
async function hasRealParents(cwd: string, path: BytePath): Promise<boolean> {
  for (let directory = parentOf(path); directory !== ''; directory = parentOf(directory)) {
    const info = await lstat(below(cwd, directory)).catch(() => undefined);
    if (!info?.isDirectory()) return false;
  }
  return true;
}
