import { fact } from '#engines/core/fact.ts';

/** SHA-256 of a file's bytes, shortened; `absent` where there is none. */
export const serviceFile = fact<{ file: string }>({
  id: 'service.file',
  label: ({ file }) => `the text of ${file}`,
  read: async () => (await import('./files.ts')).readFileFact,
});

/** `none`, or what the definition of a service comes to, shortened. */
export const serviceDefinition = fact<{ name: string }>({
  id: 'service.definition',
  label: () => 'its definition',
  read: async () => (await import('./define.ts')).readDefinitionFact,
});
