import { fact } from '#engines/core/fact.ts';

/** `none`, or what the definition of a schedule comes to, shortened, with whether it is paused. */
export const scheduleDefinition = fact<{ name: string }>({
  id: 'schedule.definition',
  label: () => 'its definition',
  read: async () => (await import('./apply.ts')).readDefinitionFact,
});
