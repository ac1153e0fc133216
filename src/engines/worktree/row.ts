import type { RepoStatus } from '#engines/git/types.ts';
import { leasesOn } from '#engines/lease/read.ts';
import type { Lease } from '#engines/lease/types.ts';
import type { Member } from './members.ts';
import type { Worktree } from './types.ts';

/** A worktree as a row; its status is that of a repo, read there, and its leases are those that are shown. */
export function rowOf(
  { repo, set, path, exists, administration }: Member,
  status: RepoStatus,
  leases: ReadonlyMap<string, Lease>,
): Worktree {
  const { name: _name, path: _path, state, stashes: _, submodules: _s, lastCommit: _c, ...figures } = status;
  const found = leasesOn(leases, { path, repo: repo.path });
  const held = found.find(({ live }) => live);
  return {
    id: path,
    set,
    repo: repo.name,
    ...figures,
    state: !exists ? 'missing' : state === 'ok' ? 'ok' : 'failed',
    locked: administration.locked,
    lease: held?.holder ?? null,
    leaseEnded: held ? null : (found[0]?.holder ?? null),
  };
}
