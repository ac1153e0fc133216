import { fact } from '#engines/core/fact.ts';

/** What the user's settings file says for a key, as JSON; `unset` where it says nothing. */
export const configValue = fact<{ key: string }>({
  id: 'config.value',
  label: ({ key }) => `your own setting of ${key}`,
  read: async () => (await import('./write.ts')).readValueFact,
});
