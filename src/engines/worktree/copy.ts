import { copyFile, lstat, mkdir, readFile, readlink, rename, rm, rmdir, symlink } from 'node:fs/promises';
import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Target } from '#engines/core/plan.ts';
import { type BytePath, below, parentOf, pathBytes } from '#engines/git/bytes.ts';
import { placeOf } from '#engines/git/observe.ts';
import { counted } from '#engines/git/words.ts';
import { worktreeIs } from '#engines/git/worktree/observe.ts';
import { mainOf } from '#engines/git/worktree/place.ts';

type Copying = Application<{ files: BytePath[] }>;

interface Pair {
  path: BytePath;
  from: Buffer;
  to: Buffer;
}

/** Copying again makes what is missing and leaves the rest. */
export async function checkCopy(): Promise<undefined> {
  return undefined;
}

export async function applyCopy({ args, target }: Copying, context: Context): Promise<Applied> {
  const copied: BytePath[] = [];
  for (const path of args.files) {
    const pair = pairOf(target, path);
    // Also what an attempt that was broken off has copied.
    if ((await copyOne(placeOf(target), pair)) || (await isSame(pair))) copied.push(path);
  }
  return {
    summary: `${counted(copied.length, 'file')} copied`,
    result: { files: copied },
    leaves: [await worktreeIs(context, target)],
  };
}

export async function checkUncopy(): Promise<undefined> {
  return undefined;
}

export async function applyUncopy({ args, target }: Copying, context: Context): Promise<Applied> {
  const top = placeOf(target);
  const deleted: BytePath[] = [];
  for (const path of args.files) {
    const pair = pairOf(target, path);
    if (!(await hasRealParents(top, path))) continue;
    const isGone = (await lstat(pair.to).catch(() => undefined)) === undefined;
    if (!isGone && !(await isSame(pair))) continue;
    await rm(pair.to, { force: true });
    await dropEmpty(top, parentOf(path));
    deleted.push(path);
  }
  return {
    summary: `${counted(deleted.length, 'copy', 'copies')} deleted`,
    result: { files: deleted },
    leaves: [await worktreeIs(context, target)],
  };
}

/** False where something is there already, or where the directory leads out of the worktree. */
async function copyOne(top: string, { path, from, to }: Pair): Promise<boolean> {
  const info = await lstat(from).catch(() => undefined);
  if (!info?.isFile() && !info?.isSymbolicLink()) return false;
  if (!(await makeParents(top, path)) || (await lstat(to).catch(() => undefined))) return false;
  if (info.isSymbolicLink()) {
    await symlink(await readlink(from, { encoding: 'buffer' }), to);
    return true;
  }
  // Whole or not at all: a copy that was cut short must not pass for one.
  const partial = pathBytes(to, '.gantry-copy');
  await copyFile(from, partial);
  await rename(partial, to);
  return true;
}

async function isSame({ from, to }: Pair): Promise<boolean> {
  const read = async (file: Buffer) => {
    const info = await lstat(file).catch(() => undefined);
    if (info?.isSymbolicLink()) return readlink(file, { encoding: 'buffer' });
    return info?.isFile() ? readFile(file) : undefined;
  };
  const [one, other] = await Promise.all([read(from), read(to)]);
  return one !== undefined && other !== undefined && one.equals(other);
}

/** False where a link or a file stands in the place of a directory. */
async function makeParents(top: string, path: BytePath): Promise<boolean> {
  if (!(await hasRealParents(top, path))) return false;
  if (parentOf(path) !== '') await mkdir(below(top, parentOf(path)), { recursive: true });
  return true;
}

async function hasRealParents(top: string, path: BytePath): Promise<boolean> {
  for (let directory = parentOf(path); directory !== ''; directory = parentOf(directory)) {
    const info = await lstat(below(top, directory)).catch(() => undefined);
    if (info && !info.isDirectory()) return false;
  }
  return true;
}

async function dropEmpty(top: string, directory: BytePath): Promise<void> {
  for (let at = directory; at !== ''; at = parentOf(at)) {
    const dropped = await rmdir(below(top, at)).then(
      () => true,
      () => false,
    );
    if (!dropped) return;
  }
}

function pairOf(target: Target, path: BytePath): Pair {
  return { path, from: below(mainOf(target), path), to: below(placeOf(target), path) };
}
