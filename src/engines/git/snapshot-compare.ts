import { lstat, readFile, readlink } from 'node:fs/promises';
import type { Context } from '#engines/core/context.ts';
import { type BytePath, below } from './bytes.ts';
import { isLarge, readStored } from './snapshot-read.ts';
import { type KeptFile, keptFiles } from './snapshot-state.ts';
import type { Snapshot } from './snapshot-write.ts';

/** The paths whose contents a snapshot does not have. */
export async function notKept(
  context: Context,
  { cwd, snapshot: { oid, state } }: { cwd: string; snapshot: Snapshot },
  paths: readonly BytePath[],
): Promise<BytePath[]> {
  const wanted = new Set(paths);
  const kept = keptFiles(state).filter(({ path, kind }) => wanted.has(path) && kind !== 'absent');
  const same = new Set<BytePath>();
  for await (const batch of readStored(
    context,
    { cwd, oid },
    kept.filter((file) => !isLarge(file)),
  )) {
    for (const file of kept) {
      const contents = batch.get(file.name);
      if (contents && (await holds(cwd, file, contents))) same.add(file.path);
    }
  }
  for (const file of kept.filter(isLarge)) if (await isUntouched(cwd, file, state.at)) same.add(file.path);
  return paths.filter((path) => !same.has(path));
}

async function holds(cwd: string, { path, kind }: KeptFile, contents: Buffer): Promise<boolean> {
  const place = below(cwd, path);
  const now =
    kind === 'link'
      ? await readlink(place, { encoding: 'buffer' }).catch(() => undefined)
      : await readFile(place).catch(() => undefined);
  return now?.equals(contents) ?? false;
}

/** Too large to be compared byte by byte. */
async function isUntouched(cwd: string, { path, size }: KeptFile, at: number): Promise<boolean> {
  const info = await lstat(below(cwd, path)).catch(() => undefined);
  return info !== undefined && info.size === size && info.mtimeMs <= at;
}
