import { fact } from '#engines/core/fact.ts';

/** What sizes and times of files come to, shortened. */
export const modelsFiles = fact<{ files: string[] }>({
  id: 'models.files',
  label: () => 'what its files come to',
  read: async () => (await import('./delete.ts')).readFilesFact,
});

/** `nobody`, or who reads or writes files of a model now. */
export const modelsUse = fact<{ id: string; weights: string[]; files: string[] }>({
  id: 'models.use',
  label: () => 'who uses it',
  read: async () => (await import('./delete.ts')).readUseFact,
});

/** `absent`, or what the text of a catalog comes to, shortened. */
export const modelsCatalogText = fact<{ file: string }>({
  id: 'models.catalogText',
  label: ({ file }) => file,
  read: async () => (await import('./catalog/write.ts')).readTextFact,
});
