import type { Context } from '#engines/core/context.ts';
import { ask } from '../ask.ts';
import { splitNul } from '../bytes.ts';

export interface Forecast {
  /** Null where git is too old to tell. */
  clean: boolean | null;
  /** Files that would conflict. */
  files: string[];
  /** The tree that the merge would make, conflict marks in it where there are conflicts. */
  tree: string | null;
}

/** What a merge would come to, without any working tree; of git 2.38 and newer. */
export async function forecastMerge(
  context: Context,
  cwd: string,
  { ours, theirs }: { ours: string; theirs: string },
): Promise<Forecast> {
  const { stdout, exitCode } = await ask(context, {
    cwd,
    args: ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', ours, theirs],
    answers: [0, 1, 128, 129],
  });
  if (exitCode > 1) return { clean: null, files: [], tree: null };
  const [tree = null, ...files] = splitNul(stdout);
  return { clean: exitCode === 0, files: [...new Set(files)], tree };
}

/** A commit that no branch has, to forecast what follows a merge; git collects it when it cleans up. */
export async function mergedCommit(
  context: Context,
  cwd: string,
  { tree, parents }: { tree: string; parents: readonly string[] },
): Promise<string> {
  const { stdout } = await ask(context, {
    cwd,
    args: [
      ...['-c', 'user.name=Gantry', '-c', 'user.email=gantry@localhost'],
      ...['commit-tree', ...parents.flatMap((oid) => ['-p', oid]), '-m', 'forecast', tree],
    ],
  });
  return stdout.trim();
}
