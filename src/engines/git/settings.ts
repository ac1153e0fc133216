import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Target } from '#engines/core/plan.ts';
import { gitDirectories } from './directory.ts';
import { addFile, fingerprint } from './fingerprint.ts';
import { placeOf } from './observe.ts';

/** What a person may have set up in a repository that is in no commit and no working tree. */
const PLACES = ['config', 'config.worktree', 'description', 'hooks', 'info'];

export async function readSettingsFact(_: object, target: Target): Promise<string> {
  const directories = gitDirectories(placeOf(target));
  if (!directories) return 'absent';
  const hash = fingerprint();
  for (const place of PLACES) {
    for (const path of await filesAt(join(directories.common, place))) {
      hash.update(`${path}\0`);
      await addFile(hash, Buffer.from(path));
    }
  }
  return hash.digest('hex');
}

/** The files of a directory at any depth, in order; a file is its own. */
async function filesAt(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true }).catch(() => undefined);
  return entries?.toSorted().map((entry) => join(path, entry)) ?? [path];
}
