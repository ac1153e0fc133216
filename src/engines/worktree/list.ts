import { readSettings } from '#engines/config/read.ts';
import type { Context } from '#engines/core/context.ts';
import { readStatus } from '#engines/git/inspect.ts';
import { shownLeases } from '#engines/lease/read.ts';
import { readWorkspace } from '#engines/workspace/read.ts';
import type { Workspace } from '#engines/workspace/types.ts';
import { allMembers, type Member, setsOf } from './members.ts';
import { unknownSet } from './name.ts';
import { rowOf } from './row.ts';
import type { Worktree } from './types.ts';

/** Set by set, those that were made by hand last. */
export async function readList(
  { set }: { set?: string },
  context: Context,
): Promise<{ worktrees: Worktree[] }> {
  const workspace = await readWorkspace(context);
  const members = allMembers(workspace)
    .filter((member) => set === undefined || member.set === set)
    .toSorted((one, other) => bySet(one, other) || placeOf(workspace, one) - placeOf(workspace, other));
  if (set !== undefined && members.length === 0) throw unknownSet(set, setsOf(workspace));
  if (members.length === 0) return { worktrees: [] };
  const { 'repo.budget': budget } = await readSettings(context, workspace);
  const leases = shownLeases(context);
  const worktrees = await Promise.all(
    members.map(async (member) => {
      const place = { name: member.repo.name, path: member.path };
      return rowOf(member, await readStatus(context, place, { budget }), leases);
    }),
  );
  return { worktrees };
}

function placeOf({ repos }: Workspace, { repo }: Member): number {
  return repos.indexOf(repo);
}

function bySet({ set: one }: Member, { set: other }: Member): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? 1 : -1;
  return one < other ? -1 : 1;
}
