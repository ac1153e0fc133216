import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readlink } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** Adds what is at a path to a hash: kind, permission to execute, and contents. */
export async function addFile(hash: Hash, path: Buffer): Promise<void> {
  const info = await lstat(path).catch(() => undefined);
  if (!info) {
    hash.update('absent\0');
    return;
  }
  if (info.isSymbolicLink()) {
    hash
      .update('link\0')
      .update(await readlink(path, { encoding: 'buffer' }))
      .update('\0');
    return;
  }
  if (!info.isFile()) {
    hash.update(info.isDirectory() ? 'directory\0' : 'special\0');
    return;
  }
  hash.update(`file ${(info.mode & 0o111) === 0 ? '-' : 'x'} ${info.size}\0`);
  await pipeline(createReadStream(path), hashing(hash));
}

/** A sink that leaves the hash open for more. */
function hashing(hash: Hash) {
  return async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) hash.update(chunk);
  };
}

export function fingerprint(): Hash {
  return createHash('sha256');
}
