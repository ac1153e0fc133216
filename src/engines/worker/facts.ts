import { fact } from '#engines/core/fact.ts';

/** The generation of the pool manager on a port of this machine, or `none`. */
export const workerPool = fact<{ port: number }>({
  id: 'worker.pool',
  label: ({ port }) => `the pool manager on port ${port}`,
  read: async () => (await import('./pool/find.ts')).readPoolFact,
});

/** `nobody`, or the program that listens on a port of this machine, with its pid. */
export const workerPort = fact<{ port: number }>({
  id: 'worker.port',
  label: ({ port }) => `the owner of port ${port}`,
  read: async () => (await import('./port/choose.ts')).readPortFact,
});
