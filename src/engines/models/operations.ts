import * as z from 'zod/mini';
import { type Operation, operation } from '#engines/core/operation.ts';

const verifyArgs = z.object({
  model: z.string(),
  path: z.string(),
  directory: z.string(),
  sha256: z.nullable(z.string()),
  quick: z.boolean(),
});

export const modelsVerify: Operation<typeof verifyArgs> = operation({
  id: 'models.verify',
  args: verifyArgs,
  effect: 'read',
  describe: ({ path, quick }) => ({
    summary: quick
      ? `look at the header of ${path}`
      : `look at the header of ${path}, and compute its SHA-256`,
    commands: quick ? [] : [['sha256sum', '--', path]],
  }),
  check: async () => (await import('./verify.ts')).checkVerify,
  apply: async () => (await import('./verify.ts')).applyVerify,
});
