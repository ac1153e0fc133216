import type { Hash } from 'node:crypto';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { Target } from '#engines/core/plan.ts';
import { addFile, fingerprint } from './fingerprint.ts';
import { placeOf, resolveCommit } from './observe.ts';
import { git } from './run.ts';
import { type ChangedFile, parseChanges } from './status.ts';

const CHANGES_ARGS = ['status', '--porcelain=v2', '-z', '--untracked-files=all', '--ignore-submodules=none'];

export async function readChanges(_: object, target: Target, context: Context): Promise<string> {
  const hash = fingerprint();
  const changed = await addChanges(context, placeOf(target), hash);
  return changed ? hash.digest('hex') : 'clean';
}

export async function readUntracked(
  { ignored }: { ignored: boolean },
  target: Target,
  context: Context,
): Promise<string> {
  const cwd = placeOf(target);
  const paths = await listUntracked(context, cwd, { ignored });
  if (paths.length === 0) return 'none';
  const hash = fingerprint();
  for (const path of paths) await addPath(hash, cwd, path);
  return hash.digest('hex');
}

/**
 * Untracked files by their path in the worktree, with each byte of a name as one character (latin1). A repository
 * inside the worktree is listed as a directory, and with `directories` so is one in which nothing is tracked: such a path
 * ends with a slash.
 */
export async function listUntracked(
  context: Context,
  cwd: string,
  { ignored, directories = false }: { ignored: boolean; directories?: boolean },
): Promise<string[]> {
  const { stdout } = await git(context, {
    cwd,
    mode: 'background',
    encoding: 'latin1',
    args: [
      'ls-files',
      '-z',
      '--others',
      ...(ignored ? [] : ['--exclude-standard']),
      ...(directories ? ['--directory'] : []),
    ],
  });
  return stdout.split('\0').filter(Boolean);
}

/** False where there are none. */
async function addChanges(context: Context, cwd: string, hash: Hash): Promise<boolean> {
  const { stdout } = await git(context, { cwd, mode: 'background', encoding: 'latin1', args: CHANGES_ARGS });
  if (stdout === '') return false;
  hash.update(stdout, 'latin1').update('\0');
  for (const file of parseChanges(stdout)) {
    if (file.submodule) await addSubmodule(context, cwd, file, hash);
    else if (file.worktree !== '.' && file.worktree !== 'D') await addPath(hash, cwd, file.path);
  }
  return true;
}

/** The line of a submodule tells neither its commit nor its contents. */
async function addSubmodule(context: Context, cwd: string, { path }: ChangedFile, hash: Hash): Promise<void> {
  const inside = join(cwd, Buffer.from(path, 'latin1').toString());
  hash.update(`${(await resolveCommit(context, inside, 'HEAD')) ?? 'unborn'}\0`);
  await addChanges(context, inside, hash);
}

async function addPath(hash: Hash, cwd: string, path: string): Promise<void> {
  hash.update(path, 'latin1').update('\0');
  await addFile(hash, Buffer.concat([Buffer.from(`${cwd}/`), Buffer.from(path, 'latin1')]));
}
