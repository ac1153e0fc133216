import { fact } from '#engines/core/fact.ts';

/** Value of a key in the repository's own configuration; `absent` where it has none. */
export const gitConfig = fact<{ key: string }>({
  id: 'git.config',
  label: ({ key }) => key,
  read: async () => (await import('./values.ts')).readConfigFact,
});
