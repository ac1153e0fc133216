import * as z from 'zod/mini';
import { type Operation, operation } from '#engines/core/operation.ts';
import { oid } from '../oid.ts';
import { deleteArgs } from './argv.ts';

const deleteSchema = z.object({
  remote: z.string(),
  /** Full name: `refs/heads/feature/login`. */
  ref: z.string(),
  /** What it is at there, as far as is known: another commit is not deleted. */
  oid: oid(),
});

export const gitRemoteDelete: Operation<typeof deleteSchema> = operation({
  id: 'git.remote.delete',
  args: deleteSchema,
  effect: 'outward',
  describe: (args) => ({
    summary: `delete ${args.ref.replace(/^refs\/(heads|tags)\//, '')} of ${args.remote}`,
    commands: [['git', ...deleteArgs(args)]],
  }),
  check: async () => (await import('./delete.ts')).checkDelete,
  apply: async () => (await import('./delete.ts')).applyDelete,
});
