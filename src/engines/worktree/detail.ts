import type { Context } from '#engines/core/context.ts';
import { shownLeases } from '#engines/lease/read.ts';
import { lookInto } from '#engines/repo/detail.ts';
import { type DiffInput, diffAt } from '#engines/repo/history.ts';
import type { Diff } from '#engines/repo/types.ts';
import { type Named, requireWorktree } from './named.ts';
import { rowOf } from './row.ts';
import type { WorktreeDetail } from './types.ts';

/** One worktree as its detail view shows it. */
export async function readDetail(named: Named, context: Context): Promise<WorktreeDetail> {
  const member = await requireWorktree(named, context);
  const { status, ...rest } = await lookInto({ name: member.repo.name, path: member.path }, context);
  return { worktree: rowOf(member, status, shownLeases(context)), ...rest };
}

export async function readDiff({ name, repo, ...input }: Named & DiffInput, context: Context): Promise<Diff> {
  const { path } = await requireWorktree({ name, repo }, context);
  return diffAt(path, input, context);
}
