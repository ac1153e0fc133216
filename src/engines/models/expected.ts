import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { store } from '#engines/store/store.ts';
import { type Verification, verificationsOf } from './verifications.ts';

export interface Expected {
  sha256: string;
  by: NonNullable<Verification['expectedBy']>;
}

interface Subject {
  path: string;
  /** That of its model. */
  directory: string;
  /** What the catalog says. */
  sha256: string | null;
  size: number;
  /** In whole milliseconds since the epoch. */
  mtime: number;
}

/** The SHA-256 that a file should have, by whoever knows best. */
export function expectedOf(
  { path, directory, sha256, size, mtime }: Subject,
  { use }: Context,
): Expected | null {
  if (sha256 !== null) return { sha256, by: 'catalog' };
  const told = toldByHub(path, directory);
  if (told !== undefined) return { sha256: told, by: 'hub' };
  const before = verificationsOf(use(store), path).find(
    (look) => look.sha256 !== null && look.verdict !== 'broken' && look.size === size && look.mtime === mtime,
  );
  return before?.sha256 ? { sha256: before.sha256, by: 'earlier' } : null;
}

/** Three lines that downloads write, ours and the hub's own: a commit, an entity tag, a time. Tags of large files are their SHA-256. */
function toldByHub(path: string, directory: string): string | undefined {
  const file = join(directory, '.cache', 'huggingface', 'download', `${relative(directory, path)}.metadata`);
  try {
    const tag = readFileSync(file, 'utf8').split('\n')[1]?.trim();
    return tag !== undefined && /^[0-9a-f]{64}$/.test(tag) ? tag : undefined;
  } catch {
    return undefined;
  }
}
