import { fact } from '#engines/core/fact.ts';

/** Object id of a tag itself, which is that of its commit for a lightweight one; `absent` where there is none. */
export const gitTag = fact<{ tag: string }>({
  id: 'git.tag',
  label: ({ tag }) => `the tag ${tag}`,
  read: async () => (await import('./read.ts')).readTagFact,
});
