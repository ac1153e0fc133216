import { fact } from '#engines/core/fact.ts';

/** `missing`, or the commit, the branch and a fingerprint of the working tree of a submodule. */
export const gitSubmodule = fact({
  id: 'git.submodule',
  label: () => 'the state of the submodule',
  read: async () => (await import('./observe.ts')).readSubmoduleFact,
});

/** `local`; `remote` where only the given remote has such a branch; `absent`. */
export const gitBranchKnown = fact<{ branch: string; remote: string }>({
  id: 'git.branch.known',
  label: ({ branch }) => `where there is a branch ${branch}`,
  read: async () => (await import('./observe.ts')).readKnownFact,
});
