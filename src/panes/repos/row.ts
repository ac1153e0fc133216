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
  if (row.conflicted || row.operation) return 'conflict';
  if (isDirty(row)) return 'changed';
  if (row.ahead && row.behind) return 'diverged';
  if (row.behind) return 'behind';
  if (row.ahead) return 'ahead';
  if (row.untracked === null) return 'reading';
  return 'clean';
}

export function isDirty({ staged, changed, untracked, conflicted }: RepoStatus): boolean {
  return [staged, changed, untracked, conflicted].some(Boolean);
}

/** Rows that stay as they are until a person decides. */
export function needsDecision(row: RepoStatus): boolean {
  return ['conflict', 'diverged', 'failed', 'missing'].includes(conditionOf(row));
}
