import { createHash } from 'node:crypto';
import { lstat, readFile, readlink } from 'node:fs/promises';
import { type BytePath, below } from './bytes.ts';
import { GITLINK, type IndexEntry } from './index-entries.ts';

/**
 * Files that no status looks at, as git is told to, and that are there with other contents than the index has. One whose
 * line endings were converted counts as changed: this compares bytes and asks no filter.
 */
export async function overlookedChanges(cwd: string, index: readonly IndexEntry[]): Promise<BytePath[]> {
  const entries = index.filter(({ overlooked, mode }) => overlooked && mode !== GITLINK);
  const changed: BytePath[] = [];
  for (const { path, oid } of entries) {
    const contents = await contentsOf(below(cwd, path));
    if (contents && blobId(contents, oid) !== oid) changed.push(path);
  }
  return changed;
}

/** Nothing where no file is there. */
async function contentsOf(path: Buffer): Promise<Buffer | undefined> {
  const info = await lstat(path).catch(() => undefined);
  if (info?.isSymbolicLink()) return readlink(path, { encoding: 'buffer' });
  return info?.isFile() ? readFile(path) : undefined;
}

/** The object id that git gives a blob, by the hash of the repository that `like` is an id of. */
function blobId(contents: Buffer, like: string): string {
  return createHash(like.length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${contents.length}\0`)
    .update(contents)
    .digest('hex');
}
