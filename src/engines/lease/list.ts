import type { Context } from '#engines/core/context.ts';
import { realPlace } from '#engines/git/worktree/place.ts';
import { store } from '#engines/store/store.ts';
import { readWorkspace } from '#engines/workspace/read.ts';
import type { Workspace } from '#engines/workspace/types.ts';
import { type KeptLease, keptLeases } from './read.ts';
import type { Lease } from './types.ts';

export async function readList(_: object, context: Context): Promise<{ leases: Lease[] }> {
  return { leases: ownLeases(await readWorkspace(context), context).map(rowOf) };
}

/** Those that were taken in this workspace, and those on its repos that were taken in another one which lists them too. */
export function ownLeases({ root, repos }: Workspace, context: Context): KeptLease[] {
  const kept = keptLeases(context.use(store), context.now());
  if (kept.length === 0) return [];
  const own = realPlace(root);
  const isOwn = ({ workspace }: KeptLease) => workspace === own;
  if (kept.every(isOwn)) return kept;
  const places = new Set(repos.map(({ path }) => realPlace(path)));
  return kept.filter((lease) => isOwn(lease) || places.has(lease.id));
}

export function rowOf({ workspace: _, seconds: __, expiresAt: ___, ...row }: KeptLease): Lease {
  return row;
}
