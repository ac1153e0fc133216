import * as z from 'zod/mini';
import { expect } from '#engines/core/fact.ts';
import { call, type Operation, operation } from '#engines/core/operation.ts';
import { gitRef, gitStored } from '../facts.ts';
import { oid } from '../oid.ts';
import * as argv from './argv.ts';
import { stashEntrySchema } from './entry.ts';

const pushArgs = z.object({
  untracked: z.boolean(),
  message: z.nullable(z.string()),
  /** The newest entry until now; null where there is none. */
  onto: z.nullable(oid()),
});

const pushed = z.object({ oid: oid() });

/** Puts changes aside. The snapshot before it brings them back in the working tree. */
export const gitStashPush: Operation<typeof pushArgs> = operation({
  id: 'git.stash.push',
  args: pushArgs,
  effect: 'write',
  describe: (args) => ({
    summary: `put aside the changes of tracked ${args.untracked ? 'and untracked ' : ''}files`,
    commands: [['git', ...argv.pushArgs(args)]],
  }),
  check: async () => (await import('./push.ts')).checkPush,
  apply: async () => (await import('./push.ts')).applyPush,
  invert: (_, result) => [call(gitStashDrop, z.parse(pushed, result))],
});

const dropArgs = z.object({ oid: oid() });
const dropped = z.object({ entry: stashEntrySchema, kept: oid() });

/** Takes an entry from the list; the entry itself stays kept for undo. */
export const gitStashDrop: Operation<typeof dropArgs> = operation({
  id: 'git.stash.drop',
  args: dropArgs,
  effect: 'write',
  describe: (args) => ({
    summary: `take ${args.oid.slice(0, 10)} from the stash`,
    commands: [['git', ...argv.dropArgs({ number: 0 })]],
  }),
  check: async () => (await import('./list.ts')).checkDrop,
  apply: async () => (await import('./list.ts')).applyDrop,
  midway: () => ({ [gitRef.id]: 'any' }),
  invert: (_, result) => [call(gitStashStore, z.parse(dropped, result))],
});

/** Puts an entry back on top of the list, as it stood there. */
export const gitStashStore: Operation<typeof dropped> = operation({
  id: 'git.stash.store',
  args: dropped,
  effect: 'write',
  describe: ({ entry }) => ({
    summary: `put ${entry.oid.slice(0, 10)} back into the stash`,
    commands: [['git', ...argv.storeArgs(entry)]],
  }),
  check: async () => (await import('./list.ts')).checkStore,
  apply: async () => (await import('./list.ts')).applyStore,
  needs: ({ kept }) => [expect(gitStored, { oid: kept }, 'kept')],
  midway: ({ entry }) => ({ [gitRef.id]: [entry.oid] }),
  invert: ({ entry }) => [call(gitStashDrop, { oid: entry.oid })],
});

/** Brings the newest entry back; a conflict leaves everything as it was. The snapshot before it keeps what was there. */
export const gitStashPop: Operation<typeof dropArgs> = operation({
  id: 'git.stash.pop',
  args: dropArgs,
  effect: 'write',
  describe: (args) => ({
    summary: `bring back ${args.oid.slice(0, 10)}, the newest of the stash`,
    commands: [['git', ...argv.popArgs()]],
  }),
  check: async () => (await import('./pop.ts')).checkPop,
  apply: async () => (await import('./pop.ts')).applyPop,
  midway: () => ({ [gitRef.id]: 'any' }),
  invert: (_, result) => [call(gitStashStore, z.parse(dropped, result))],
});
