import * as z from 'zod/mini';
import { call, type Operation, operation } from '#engines/core/operation.ts';

const writeArgs = z.object({
  set: z.string(),
  name: z.string(),
  /** Null takes it away. */
  value: z.nullable(z.string()),
  before: z.nullable(z.string()),
});

export const envWrite: Operation<typeof writeArgs> = operation({
  id: 'env.write',
  args: writeArgs,
  effect: 'write',
  describe: ({ set, name, value }) => ({
    summary: value === null ? `unset ${name} in ${set}` : `set ${name} to ${value} in ${set}`,
    commands: [],
  }),
  check: async () => (await import('./write.ts')).checkWrite,
  apply: async () => (await import('./write.ts')).applyWrite,
  invert: ({ value, before, ...place }) => [call(envWrite, { ...place, value: before, before: value })],
});
