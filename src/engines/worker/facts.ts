import { fact } from '#engines/core/fact.ts';

/** `nobody`, or the program that listens on a port of this machine, with its pid. */
export const workerPort = fact<{ port: number }>({
  id: 'worker.port',
  label: ({ port }) => `the owner of port ${port}`,
  read: async () => (await import('./port/choose.ts')).readPortFact,
});
