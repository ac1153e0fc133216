import * as z from 'zod/mini';
import { expect } from '#engines/core/fact.ts';
import { call, type Operation, operation } from '#engines/core/operation.ts';
import { gitStored } from '../facts.ts';
import { oid } from '../oid.ts';
import * as argv from './argv.ts';
import { gitTag } from './facts.ts';

const createArgs = z.object({
  tag: z.string(),
  /** A commit, or the full name of a branch, which earlier steps of the plan may move. */
  at: z.string(),
  /** Null makes a lightweight tag. */
  message: z.nullable(z.string()),
  sign: z.boolean(),
  /** The key to sign with; git's own choice unless told. */
  key: z.optional(z.string()),
});
const created = z.object({ oid: oid() });

export const gitTagCreate: Operation<typeof createArgs> = operation({
  id: 'git.tag.create',
  args: createArgs,
  effect: 'write',
  describe: (args) => ({
    summary: `tag ${argv.shown(args.at)} as ${args.tag}${args.sign ? ', signed' : ''}`,
    commands: [['git', ...argv.createArgs(args)]],
  }),
  check: async () => (await import('./create.ts')).checkCreate,
  apply: async () => (await import('./create.ts')).applyCreate,
  invert: ({ tag }, result) => [call(gitTagDelete, { tag, ...z.parse(created, result) })],
});

const deleteArgs = z.object({ tag: z.string(), oid: oid() });
const deleted = z.object({ kept: oid() });

/** The tag stays kept for undo. */
export const gitTagDelete: Operation<typeof deleteArgs> = operation({
  id: 'git.tag.delete',
  args: deleteArgs,
  effect: 'write',
  describe: ({ tag, oid: at }) => ({
    summary: `delete the tag ${tag}`,
    commands: [['git', 'update-ref', '-d', `refs/tags/${tag}`, at]],
  }),
  check: async () => (await import('./delete.ts')).checkDelete,
  apply: async () => (await import('./delete.ts')).applyDelete,
  midway: () => ({ [gitTag.id]: ['absent'] }),
  invert: (args, result) => [call(gitTagRestore, { ...args, ...z.parse(deleted, result) })],
});

const restoreArgs = z.object({ ...deleteArgs.shape, ...deleted.shape });

export const gitTagRestore: Operation<typeof restoreArgs> = operation({
  id: 'git.tag.restore',
  args: restoreArgs,
  effect: 'write',
  describe: ({ tag }) => ({ summary: `bring back the tag ${tag}`, commands: [] }),
  check: async () => (await import('./delete.ts')).checkRestore,
  apply: async () => (await import('./delete.ts')).applyRestore,
  needs: ({ kept }) => [expect(gitStored, { oid: kept }, 'kept')],
  midway: (args) => ({ [gitTag.id]: [args.oid] }),
  invert: ({ tag, oid: at }) => [call(gitTagDelete, { tag, oid: at })],
});
