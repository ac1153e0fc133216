import type { RepoStatus } from '#engines/repo/types.ts';

export type Condition =
  | 'reading'
  | 'clean'
  | 'changed'
  | 'ahead'
  | 'behind'
  | 'diverged'
  | 'conflict'
  | 'missing'
  | 'failed';

/** What most wants to be said of a repo, the most pressing first. */
export function conditionOf(row: RepoStatus): Condition {
  if (row.state === 'failed' || row.state === 'no-repo') return 'failed';
  if (row.state === 'missing') return 'missing';
  if (row.conflicted > 0 || row.operation) return 'conflict';
  if (isDirty(row)) return 'changed';
  if (row.ahead > 0 && row.behind > 0) return 'diverged';
  if (row.behind > 0) return 'behind';
  if (row.ahead > 0) return 'ahead';
  return 'clean';
}

export function isDirty({ staged, changed, untracked, conflicted }: RepoStatus): boolean {
  return staged + changed + untracked + conflicted > 0;
}

/** Rows that stay as they are until a person decides. */
export function needsDecision(row: RepoStatus): boolean {
  return ['conflict', 'diverged', 'failed', 'missing'].includes(conditionOf(row));
}
