import { fact } from '#engines/core/fact.ts';

const observe = () => import('./observe.ts');

/**
 * What a linked worktree is at and how it is, in words: `feature/a at 0123456789ab, clean`. `absent` where there is none;
 * it answers at any moment, also while the worktree is being removed.
 */
export const gitWorktree = fact({
  id: 'git.worktree',
  label: () => 'the worktree',
  read: async () => (await observe()).readWorktreeFact,
});

/** Commit of a branch and where it is checked out: `absent`, an object id, or an object id `at` a path. */
export const gitWorktreeBranch = fact<{ branch: string }>({
  id: 'git.worktree.branch',
  label: ({ branch }) => `the branch ${branch}`,
  read: async () => (await observe()).readBranchPlace,
});

/** `none`, or `locked` with the reason. */
export const gitWorktreeLocked = fact({
  id: 'git.worktree.locked',
  label: () => 'the lock of the worktree',
  read: async () => (await observe()).readLockFact,
});

/** Fingerprint of files by which a repository and its worktrees find each other. */
export const gitWorktreeLinks = fact<{ files: string[] }>({
  id: 'git.worktree.links',
  label: () => 'the links between the repository and its worktrees',
  read: async () => (await import('./repair.ts')).readLinksFact,
});

/** `kept`, or `gone` where removed files were deleted to make room. */
export const gitTrashed = fact<{ trash: string }>({
  id: 'git.trashed',
  label: () => 'what was removed',
  read: async () => (await import('../trash.ts')).readTrashed,
});
