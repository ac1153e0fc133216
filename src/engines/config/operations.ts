import * as z from 'zod/mini';
import { call, type Operation, operation } from '#engines/core/operation.ts';

const scalar = () => z.nullable(z.union([z.string(), z.number(), z.boolean()]));

/** Null stands for unset. */
const writeArgs = z.object({ key: z.string(), before: scalar(), value: scalar() });

export const configWrite: Operation<typeof writeArgs> = operation({
  id: 'config.write',
  args: writeArgs,
  effect: 'write',
  describe: ({ key, value }) => ({
    summary:
      value === null
        ? `unset ${key} in your own settings`
        : `set ${key} to ${JSON.stringify(value)} in your own settings`,
    commands: [],
  }),
  check: async () => (await import('./write.ts')).checkWrite,
  apply: async () => (await import('./write.ts')).applyWrite,
  invert: ({ key, before, value }) => [call(configWrite, { key, before: value, value: before })],
});
