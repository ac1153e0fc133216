import * as z from 'zod/mini';
import { call, type Operation, operation } from '#engines/core/operation.ts';

const linkArgs = z.object({
  set: z.string(),
  /** Null takes the link away. */
  vault: z.nullable(z.string()),
  before: z.nullable(z.string()),
});

export const secretsLink: Operation<typeof linkArgs> = operation({
  id: 'secrets.link',
  args: linkArgs,
  effect: 'write',
  describe: ({ set, vault, before }) => ({
    summary: vault === null ? `unlink ${before} from ${set}` : `link the vault ${vault} to ${set}`,
    commands: [],
  }),
  check: async () => (await import('./link.ts')).checkLink,
  apply: async () => (await import('./link.ts')).applyLink,
  invert: ({ set, vault, before }) => [call(secretsLink, { set, vault: before, before: vault })],
});
