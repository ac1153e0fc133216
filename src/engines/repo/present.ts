import type { Context } from '#engines/core/context.ts';
import { GantryError } from '#engines/core/errors.ts';
import { readWorkspace, selectRepos } from '#engines/workspace/read.ts';
import { splitByPresence } from '#engines/workspace/targets.ts';
import type { WorkspaceRepo } from '#engines/workspace/types.ts';

/** The repo of that name, which has to be cloned. */
export async function requirePresent(context: Context, name: string): Promise<WorkspaceRepo> {
  const { present, refused } = await splitByPresence(selectRepos(await readWorkspace(context), [name]));
  const [repo] = present;
  if (repo) return repo;
  throw new GantryError(refused[0]?.failure as GantryError['failure']);
}
