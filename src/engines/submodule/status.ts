import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { readStanding } from '#engines/git/branch/standing.ts';
import { requireStatus } from '#engines/git/inspect.ts';
import type { WholeStatus } from '#engines/git/types.ts';
import { counted } from '#engines/git/words.ts';
import { readWorkspace } from '#engines/workspace/read.ts';
import { readList } from './list.ts';
import type { Submodule, SubmoduleStatus } from './types.ts';

/** The submodules of repos, each looked into. */
export async function readStatuses(
  { repos }: { repos: string[] },
  context: Context,
): Promise<{ submodules: SubmoduleStatus[] }> {
  const workspace = await readWorkspace(context);
  const paths = new Map(workspace.repos.map(({ name, path }) => [name, path]));
  const { submodules } = await readList({ repos }, context);
  return {
    submodules: await Promise.all(
      submodules.map((row) => readOne(context, row, join(paths.get(row.repo) as string, row.path))),
    ),
  };
}

async function readOne(context: Context, row: Submodule, place: string): Promise<SubmoduleStatus> {
  if (row.head === null) {
    return { ...row, ahead: null, behind: null, changed: null, untracked: null, standing: 'not checked out' };
  }
  const [status, against] = await Promise.all([
    requireStatus(context, { name: row.id, path: place }),
    readStanding(context, place, { ref: 'HEAD', against: row.recorded }),
  ]);
  const { ahead = null, behind = null } = against ?? {};
  const figures = { ahead, behind, changed: status.staged + status.changed, untracked: status.untracked };
  return { ...row, ...figures, standing: standingOf(row, status, figures) };
}

/** In one sentence; a detached HEAD says so. */
function standingOf(
  { branch, head, recorded }: Submodule,
  { operation, conflicted }: WholeStatus,
  { ahead, behind, changed, untracked }: Pick<SubmoduleStatus, 'ahead' | 'behind' | 'changed' | 'untracked'>,
): string {
  const parts = [
    branch === null ? `detached at ${(head ?? '').slice(0, 10)}` : `on ${branch}`,
    head === recorded ? 'as recorded' : placeOf(ahead, behind),
    operation !== null && `in the middle of a ${operation}`,
    conflicted > 0 && counted(conflicted, 'conflict'),
    changed !== null && changed > 0 && counted(changed, 'changed file'),
    untracked !== null && untracked > 0 && `${untracked} untracked`,
  ];
  return parts.filter(Boolean).join(', ');
}

/** Against the recorded commit, which may not be here. */
function placeOf(ahead: number | null, behind: number | null): string {
  if (ahead === null || behind === null) return 'the recorded commit is not here';
  const parts = [ahead > 0 && `${ahead} ahead`, behind > 0 && `${behind} behind`].filter(Boolean);
  return `${parts.join(' and ')} of the recorded commit`;
}
