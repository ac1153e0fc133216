import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { gitDirectories } from '../directory.ts';
import { gitError } from '../errors.ts';
import { fingerprint } from '../fingerprint.ts';
import { whileLocked } from '../locks.ts';

/** The configuration of a repository, as latin1: every byte is a character. */
export async function readConfigText(cwd: string): Promise<string> {
  return readFile(fileOf(cwd), 'latin1').catch(() => '');
}

/** Rewrites it under git's own lock; the same text writes nothing. */
export async function rewriteConfig(
  context: Context,
  cwd: string,
  rewrite: (text: string) => string,
): Promise<void> {
  const file = fileOf(cwd);
  await whileLocked(context, `${file}.lock`, async (lock) => {
    const text = await readConfigText(cwd);
    const rewritten = rewrite(text);
    if (rewritten === text) return;
    await writeFile(lock, rewritten, { encoding: 'latin1', flag: 'wx' });
    await rename(lock, file);
  });
}

/** Fingerprint of a configuration's text. */
export function printOf(text: string): string {
  return fingerprint().update(Buffer.from(text, 'latin1')).digest('hex');
}

function fileOf(cwd: string): string {
  const directories = gitDirectories(cwd);
  if (!directories) throw gitError('not-a-repo', `${cwd} is no git repository.`);
  return join(directories.common, 'config');
}
