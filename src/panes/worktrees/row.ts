import type { Worktree } from '#engines/worktree/types.ts';

export type Condition = 'reading' | 'clean' | 'changed' | 'conflict' | 'missing' | 'failed';

/** What most wants to be said of a worktree, the most pressing first. */
export function conditionOf(row: Worktree): Condition {
  if (row.state !== 'ok') return row.state;
  if (row.conflicted || row.operation) return 'conflict';
  if (isDirty(row)) return 'changed';
  return row.untracked === null ? 'reading' : 'clean';
}

export function isDirty({ staged, changed, untracked, conflicted }: Worktree): boolean {
  return [staged, changed, untracked, conflicted].some(Boolean);
}

/** Rows that stay as they are until a person decides: whoever was at work in one may never come back. */
export function needsDecision(row: Worktree): boolean {
  return row.leaseEnded !== null || ['conflict', 'missing', 'failed'].includes(conditionOf(row));
}

/** The set and the repo; of one that was made by hand its directory. */
export function nameOf({ set, repo, id }: Worktree): string {
  return set === null ? directoryOf(id) : `${set}/${repo}`;
}

export function directoryOf(path: string): string {
  return path.split('/').findLast((part) => part !== '') ?? path;
}
