import type { Hash } from 'node:crypto';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { Target } from '#engines/core/plan.ts';
import { type BytePath, splitNul } from './bytes.ts';
import { addFile, fingerprint } from './fingerprint.ts';
import { placeOf, resolveCommit } from './observe.ts';
import { git } from './run.ts';
import { type ChangedFile, parseChanges } from './status.ts';

const CHANGES_ARGS = ['status', '--porcelain=v2', '-z', '--untracked-files=all', '--ignore-submodules=none'];

export function readChanges(_: object, target: Target, context: Context): Promise<string> {
  return changesOf(context, placeOf(target));
}

/** A fingerprint of everything that differs from HEAD, without the untracked files that are named. */
export async function changesOf(
  context: Context,
  cwd: string,
  without: ReadonlySet<BytePath> = new Set(),
): Promise<string> {
  const hash = fingerprint();
  const changed = await addChanges(context, cwd, { hash, without });
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
 * Untracked files by their path in the worktree. A repository
 * inside the worktree is listed as a directory, and with `directories` so is one in which nothing is tracked: such a path
 * ends with a slash.
 */
export async function listUntracked(
  context: Context,
  cwd: string,
  { ignored, directories = false }: { ignored: boolean; directories?: boolean },
): Promise<BytePath[]> {
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
  return splitNul(stdout);
}

/** What differs of the working tree, submodules apart; against another index where `env` names one. */
export async function listChanges(
  context: Context,
  cwd: string,
  env?: Record<string, string>,
): Promise<ChangedFile[]> {
  const { stdout } = await git(context, {
    cwd,
    mode: 'background',
    encoding: 'latin1',
    env,
    args: [
      'status',
      '--porcelain=v2',
      '-z',
      '--untracked-files=all',
      '--ignore-submodules=all',
      '--no-renames',
    ],
  });
  return parseChanges(stdout);
}

/** False where there are none. */
async function addChanges(
  context: Context,
  cwd: string,
  { hash, without }: { hash: Hash; without: ReadonlySet<BytePath> },
): Promise<boolean> {
  const { stdout } = await git(context, { cwd, mode: 'background', encoding: 'latin1', args: CHANGES_ARGS });
  const lines = splitNul(stdout).filter((line) => !line.startsWith('? ') || !without.has(line.slice(2)));
  if (lines.length === 0) return false;
  const status = `${lines.join('\0')}\0`;
  hash.update(status, 'latin1').update('\0');
  for (const file of parseChanges(status)) {
    if (file.submodule) await addSubmodule(context, cwd, file, hash);
    else if (file.worktree !== '.' && file.worktree !== 'D') await addPath(hash, cwd, file.path);
  }
  return true;
}

/** The line of a submodule tells neither its commit nor its contents. */
async function addSubmodule(context: Context, cwd: string, { path }: ChangedFile, hash: Hash): Promise<void> {
  const inside = join(cwd, Buffer.from(path, 'latin1').toString());
  hash.update(`${(await resolveCommit(context, inside, 'HEAD')) ?? 'unborn'}\0`);
  await addChanges(context, inside, { hash, without: new Set() });
}

async function addPath(hash: Hash, cwd: string, path: string): Promise<void> {
  hash.update(path, 'latin1').update('\0');
  await addFile(hash, Buffer.concat([Buffer.from(`${cwd}/`), Buffer.from(path, 'latin1')]));
}
