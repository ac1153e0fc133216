import { statSync } from 'node:fs';
import { join } from 'node:path';
import { gitDirectories } from '#engines/git/directory.ts';
import type { RepoStatus } from '#engines/git/types.ts';

/**
 * What a few `stat`s tell of a repo: the same stamp again means that git has moved neither HEAD, branch, upstream, index
 * nor stash, and begun or ended nothing. Contents of the working tree are not in it.
 */
export function stampOf(path: string, status: Pick<RepoStatus, 'branch' | 'upstream'>): string {
  const directories = gitDirectories(path);
  if (!directories) return statSync(path, { throwIfNoEntry: false }) ? 'no-repo' : 'missing';
  const { own, common } = directories;
  return [
    own,
    stampFile(join(own, 'HEAD')),
    stampFile(join(own, 'index')),
    stampFile(join(common, 'packed-refs')),
    stampFile(join(common, 'refs', 'stash')),
    status.branch === null ? '' : stampFile(join(common, 'refs', 'heads', status.branch)),
    status.upstream === null ? '' : stampFile(join(common, 'refs', 'remotes', status.upstream)),
    stampFile(own),
  ].join(' ');
}

/** What `stat` tells of some files and directories. */
export function stampPaths(paths: readonly string[]): string {
  return paths.map(stampFile).join(' ');
}

function stampFile(path: string): string {
  const info = statSync(path, { throwIfNoEntry: false });
  return info ? `${info.mtimeMs}:${info.size}:${info.ino}` : '-';
}
