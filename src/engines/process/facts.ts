import { fact } from '#engines/core/fact.ts';

/** `none`, the phase of a process at rest, or the mark of its present run: no later run has the same. */
export const processRun = fact<{ name: string }>({
  id: 'process.run',
  label: () => 'what runs',
  read: async () => (await import('./observe.ts')).readRun,
});
