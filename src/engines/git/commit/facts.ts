import { fact } from '#engines/core/fact.ts';

/** Fingerprint of what is staged: every entry of the index. */
export const gitIndex = fact({
  id: 'git.index',
  label: () => 'what is staged',
  read: async () => (await import('./index-state.ts')).readIndexFact,
});

/** `clean`, or a fingerprint of what is staged and of the changes of tracked files. */
export const gitTracked = fact({
  id: 'git.tracked',
  label: () => 'the changes of tracked files',
  read: async () => (await import('./index-state.ts')).readTrackedFact,
});
