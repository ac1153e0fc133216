import { fact } from '#engines/core/fact.ts';

/** `none`, or the directory of the vault behind a set of variables. */
export const secretsVault = fact<{ set: string }>({
  id: 'secrets.vault',
  label: ({ set }) => `the vault of ${set}`,
  read: async () => (await import('./link.ts')).readVaultFact,
});
