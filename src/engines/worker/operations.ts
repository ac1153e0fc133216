import * as z from 'zod/mini';
import { call, type Operation, operation } from '#engines/core/operation.ts';
import { GENERATIONS } from './pool/generations.ts';

const pool = z.object({ port: z.number(), generation: z.enum(GENERATIONS) });

const spawnArgs = z.object({
  pool,
  wanted: z.object({ id: z.string(), backend: z.string(), gpu: z.number(), ref: z.string() }),
  /** Milliseconds that it is waited for; 0: not at all. */
  within: z.number(),
});

export const workerPoolSpawn: Operation<typeof spawnArgs> = operation({
  id: 'worker.pool.spawn',
  args: spawnArgs,
  effect: 'write',
  describe: ({ pool: { port }, wanted: { backend, ref } }) => ({
    summary: `have the pool manager on port ${port} spawn a ${backend} worker for ${ref}`,
    commands: [],
  }),
  check: async () => (await import('./pool/apply.ts')).checkPoolSpawn,
  apply: async () => (await import('./pool/apply.ts')).applyPoolSpawn,
  invert: ({ pool }, result) => [
    call(workerPoolStop, { pool, id: z.parse(z.object({ worker: z.string() }), result).worker }),
  ],
});

const stopArgs = z.object({ pool, id: z.string() });

export const workerPoolStop: Operation<typeof stopArgs> = operation({
  id: 'worker.pool.stop',
  args: stopArgs,
  effect: 'write',
  describe: ({ pool: { port }, id }) => ({
    summary: `have the pool manager on port ${port} stop ${id}`,
    commands: [],
  }),
  check: async () => (await import('./pool/apply.ts')).checkPoolStop,
  apply: async () => (await import('./pool/apply.ts')).applyPoolStop,
});
