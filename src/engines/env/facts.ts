import { fact } from '#engines/core/fact.ts';

/** `unset`, or a variable's value behind `=`. */
export const envVariable = fact<{ set: string; name: string }>({
  id: 'env.variable',
  label: ({ name }) => name,
  read: async () => (await import('./write.ts')).readVariableFact,
});
