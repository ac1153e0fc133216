import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import type { HubFile } from '../hub/file.ts';
import type { Layout } from './layout.ts';

/** What is known of a file on the disk: the same three lines that the hub's own tools write and believe. */
export interface Metadata {
  commit: string;
  etag: string;
  /** When it was written, in milliseconds since the epoch. */
  at: number;
}

export async function readMetadata(file: string): Promise<Metadata | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const [commit, etag, at] = text.split('\n');
  if (!commit || !etag || !Number.isFinite(Number(at))) return undefined;
  return { commit, etag, at: Number(at) * 1_000 };
}

export async function writeMetadata(
  { metadata }: Pick<Layout, 'metadata'>,
  { commit, revision, etag }: HubFile,
  now: number,
): Promise<void> {
  await writeFile(`${metadata}.new`, `${commit ?? revision}\n${etag}\n${now / 1_000}\n`);
  await rename(`${metadata}.new`, metadata);
}

/** A file that is there whole and is the one that the hub has, as whoever downloaded it wrote down. */
export async function knownFile(
  { path, metadata }: Pick<Layout, 'path' | 'metadata'>,
  { etag, size }: Pick<HubFile, 'etag' | 'size'>,
): Promise<{ sha256: string | null } | undefined> {
  const [there, known] = await Promise.all([stat(path).catch(() => undefined), readMetadata(metadata)]);
  if (!there?.isFile() || there.size !== size || known?.etag !== etag) return undefined;
  // Whoever changed it since did not write that down.
  if (there.mtimeMs - MTIME_SLACK > known.at) return undefined;
  return { sha256: /^[0-9a-f]{64}$/.test(etag) ? etag : null };
}

/** Milliseconds: some file systems round the time of a change up to a second. */
const MTIME_SLACK = 1_000;
