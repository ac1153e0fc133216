import { existsSync } from 'node:fs';
import type { Context } from '#engines/core/context.ts';
import { readWorkspace, selectRepos } from '#engines/workspace/read.ts';
import type { WorkspaceRepo } from '#engines/workspace/types.ts';
import { allMembers, setsOf } from './members.ts';
import { unknownSet } from './name.ts';
import { notInSet } from './named.ts';
import { setPath, worktreePath } from './place.ts';

/** Where a set is; with a repo, where its worktree is. */
export async function readPath(
  { name, repo: wanted }: { name: string; repo?: string },
  context: Context,
): Promise<{ path: string }> {
  const workspace = await readWorkspace(context);
  const members = allMembers(workspace).filter(({ set, exists }) => set === name && exists);
  if (members.length === 0) throw unknownSet(name, setsOf(workspace));
  if (wanted === undefined) return { path: setPath(workspace, name) };
  const [repo] = selectRepos(workspace, [wanted]) as [WorkspaceRepo];
  const path = worktreePath(workspace, name, repo);
  if (existsSync(path)) return { path };
  throw notInSet({ name, repo: wanted }, members);
}
