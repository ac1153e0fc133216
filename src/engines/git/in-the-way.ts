import { lstat, readdir } from 'node:fs/promises';
import type { Context } from '#engines/core/context.ts';
import { type BytePath, below, parentOf, splitNul } from './bytes.ts';
import { git } from './run.ts';
import type { SnapshotState } from './snapshot-state.ts';

/**
 * Files that are not tracked here and that a checkout of a commit or tree would replace. git itself protects only those
 * that are not ignored, and a hard reset none.
 */
export async function filesInTheWay(context: Context, cwd: string, treeish: string): Promise<BytePath[]> {
  const { stdout } = await git(context, {
    cwd,
    mode: 'background',
    encoding: 'latin1',
    args: ['diff-index', '--cached', '-z', '--name-only', '--no-renames', '--diff-filter=D', treeish, '--'],
  });
  return existing(cwd, splitNul(stdout));
}

/** Files that are not tracked here, or differ, and that a restore of a snapshot would replace. */
export async function replacedBy(
  context: Context,
  cwd: string,
  { staged, files }: Pick<SnapshotState, 'staged' | 'files'>,
): Promise<BytePath[]> {
  const tracked = staged === null ? [] : await filesInTheWay(context, cwd, staged);
  const others = await existing(
    cwd,
    files.map(({ path }) => path),
  );
  return [...tracked, ...others];
}

/** What stands at paths, below them, or in the place of a directory above them. */
export async function existing(cwd: string, paths: readonly BytePath[]): Promise<BytePath[]> {
  const found = await Promise.all(paths.map((path) => obstacles(cwd, path)));
  return [...new Set(found.flat())];
}

async function obstacles(cwd: string, path: BytePath): Promise<BytePath[]> {
  const info = await lstat(below(cwd, path)).catch(() => undefined);
  if (info) return info.isDirectory() ? filesBelow(cwd, path) : [path];
  for (let above = parentOf(path); above !== ''; above = parentOf(above)) {
    const parent = await lstat(below(cwd, above)).catch(() => undefined);
    if (parent) return parent.isDirectory() ? [] : [above];
  }
  return [];
}

async function filesBelow(cwd: string, directory: BytePath): Promise<BytePath[]> {
  const entries = await readdir(below(cwd, directory), { withFileTypes: true, encoding: 'buffer' });
  const found = await Promise.all(
    entries.map((entry) => {
      const path = `${directory}/${entry.name.toString('latin1')}`;
      return entry.isDirectory() ? filesBelow(cwd, path) : [path];
    }),
  );
  return found.flat();
}
