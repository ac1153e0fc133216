import { fact } from '#engines/core/fact.ts';

/** `none`, or what the definition of a trigger comes to, shortened, with whether it is paused. */
export const triggerDefinition = fact<{ name: string }>({
  id: 'trigger.definition',
  label: () => 'its definition',
  read: async () => (await import('./apply.ts')).readDefinitionFact,
});
