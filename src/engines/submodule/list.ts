import type { Context } from '#engines/core/context.ts';
import { readWorkspace, selectRepos } from '#engines/workspace/read.ts';
import { splitByPresence } from '#engines/workspace/targets.ts';
import { readRows } from './read.ts';
import type { Submodule } from './types.ts';

/** The submodules of repos, as their index and `.gitmodules` have them. */
export async function readList(
  { repos }: { repos: string[] },
  context: Context,
): Promise<{ submodules: Submodule[] }> {
  const { present } = await splitByPresence(selectRepos(await readWorkspace(context), repos));
  const rows = await Promise.all(present.map((repo) => readRows(context, repo)));
  return { submodules: rows.flat() };
}
