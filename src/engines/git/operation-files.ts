import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What git keeps of a merge, rebase, cherry-pick, revert or bisect in the git directory of a worktree. */
const SINGLE_FILES =
  /^(MERGE_(HEAD|MSG|MODE|RR|AUTOSTASH)|AUTO_MERGE|SQUASH_MSG|(CHERRY_PICK|REVERT|REBASE|ORIG)_HEAD|BISECT_.+)$/;
const DIRECTORIES = new Set(['rebase-merge', 'rebase-apply', 'sequencer']);

/** Paths below the git directory of the worktree. */
export async function operationFiles(own: string): Promise<string[]> {
  const entries = await readdir(own, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      if (entry.isFile() && SINGLE_FILES.test(entry.name)) return [entry.name];
      return entry.isDirectory() && DIRECTORIES.has(entry.name) ? filesBelow(own, entry.name) : [];
    }),
  );
  return found.flat().toSorted();
}

/** What has to go before an earlier state of an operation comes back. */
export async function operationEntries(own: string): Promise<string[]> {
  return (await readdir(own)).filter((name) => SINGLE_FILES.test(name) || DIRECTORIES.has(name));
}

async function filesBelow(own: string, directory: string): Promise<string[]> {
  const entries = await readdir(join(own, directory), { withFileTypes: true });
  const found = await Promise.all(
    entries.map((entry) => {
      const path = `${directory}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(own, path) : entry.isFile() ? [path] : [];
    }),
  );
  return found.flat();
}
