import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Repo } from '../rig/git.ts';
import { hashOf } from '../scenario/evidence.ts';
import type { Twin } from './twin.ts';

/**
 * Every file of a repository, git's own with it, by its content. Left out are objects, which only ever get more, and
 * what git notes of files to look at them less often; that is in the index, which is read instead.
 */
export const imageOf = async ({ repo }: Twin): Promise<Record<string, string>> => {
  const image: Record<string, string> = { index: await repo.git('ls-files', '--stage') };
  return { ...image, ...(await filesOf(repo)) };
};

const OVERLOOKED = [/^\.git\/objects\//, /^\.git\/index$/, /^\.git\/refs\/gantry\//];

const filesOf = async ({ dir }: Repo) => {
  const found: Record<string, string> = {};
  for (const entry of await readdir(dir, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(dir, path);
    if (entry.isFile() && !OVERLOOKED.some((pattern) => pattern.test(name)))
      found[name] = hashOf(await readFile(path));
  }
  return found;
};
