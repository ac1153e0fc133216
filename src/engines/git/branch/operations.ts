import * as z from 'zod/mini';
import { expect } from '#engines/core/fact.ts';
import { call, type Operation, operation } from '#engines/core/operation.ts';
import { moveArgs } from '../argv.ts';
import { configChangeSchema } from '../config/change.ts';
import { gitConfigRevert } from '../config/operations.ts';
import { gitBranch, gitHead, gitRef, gitStored } from '../facts.ts';
import { oid } from '../oid.ts';
import { shown } from '../tag/argv.ts';
import * as argv from './argv.ts';

const configured = z.object({ change: z._default(z.nullable(configChangeSchema), null) });

const createArgs = z.object({
  branch: z.string(),
  at: oid(),
  /** Remote branch that it follows: `origin/feature/login`, which is at the same commit; null for none. */
  upstream: z.nullable(z.string()),
});

export const gitBranchCreate: Operation<typeof createArgs> = operation({
  id: 'git.branch.create',
  args: createArgs,
  effect: 'write',
  describe: (args) => ({
    summary: `create ${args.branch} at ${args.upstream ?? args.at.slice(0, 10)}`,
    commands: [['git', ...argv.createArgs(args)]],
  }),
  check: async () => (await import('./create.ts')).checkCreate,
  apply: async () => (await import('./create.ts')).applyCreate,
  midway: ({ at }) => ({ [gitRef.id]: [at] }),
  invert: ({ branch, at }, result) => [...configBack(result), call(gitBranchDelete, { branch, oid: at })],
});

const deleteArgs = z.object({
  branch: z.string(),
  /** Null for the commit that it is at by then, where earlier steps of the plan move it. */
  oid: z.nullable(oid()),
});
const deleted = z.object({ kept: oid(), oid: oid() });

/** A branch whose commits are in others too. Its tip stays kept for undo, with what the configuration said about it. */
export const gitBranchDelete: Operation<typeof deleteArgs> = operation({
  id: 'git.branch.delete',
  args: deleteArgs,
  effect: 'write',
  describe: (args) => ({
    summary: `delete ${args.branch}`,
    commands: [['git', ...argv.deleteArgs(args)]],
  }),
  check: async () => (await import('./delete.ts')).checkDelete,
  apply: async () => (await import('./delete.ts')).applyDelete,
  midway: () => ({ [gitRef.id]: ['absent'] }),
  invert: ({ branch }, result) => [call(gitBranchRestore, { branch, ...z.parse(deleted, result) })],
});

/** A branch with commits that are nowhere else: until they expire, undo alone knows them. */
export const gitBranchDiscard: Operation<typeof deleteArgs> = operation({
  id: 'git.branch.discard',
  args: deleteArgs,
  effect: 'destructive',
  describe: (args) => ({
    summary: `delete ${args.branch}, whose commits are nowhere else`,
    commands: [['git', ...argv.deleteArgs(args)]],
  }),
  check: async () => (await import('./delete.ts')).checkDelete,
  apply: async () => (await import('./delete.ts')).applyDelete,
  midway: () => ({ [gitRef.id]: ['absent'] }),
  invert: ({ branch }, result) => [call(gitBranchRestore, { branch, ...z.parse(deleted, result) })],
});

const restoreArgs = z.object({ branch: z.string(), ...deleted.shape });

export const gitBranchRestore: Operation<typeof restoreArgs> = operation({
  id: 'git.branch.restore',
  args: restoreArgs,
  effect: 'write',
  describe: ({ branch, oid: at }) => ({
    summary: `bring back ${branch} at ${at.slice(0, 10)}`,
    commands: [['git', ...argv.createArgs({ branch, at, upstream: null })]],
  }),
  check: async () => (await import('./delete.ts')).checkRestore,
  apply: async () => (await import('./delete.ts')).applyRestore,
  needs: ({ kept }) => [expect(gitStored, { oid: kept }, 'kept')],
  midway: ({ oid: at }) => ({ [gitRef.id]: [at] }),
  invert: ({ branch, oid: at }) => [call(gitBranchDelete, { branch, oid: at })],
});

const renameArgs = z.object({ from: z.string(), to: z.string(), oid: oid() });

export const gitBranchRename: Operation<typeof renameArgs> = operation({
  id: 'git.branch.rename',
  args: renameArgs,
  effect: 'write',
  describe: (args) => ({
    summary: `rename ${args.from} to ${args.to}`,
    commands: [['git', ...argv.renameArgs(args)]],
  }),
  check: async () => (await import('./rename.ts')).checkRename,
  apply: async () => (await import('./rename.ts')).applyRename,
  invert: ({ from, to, oid: at }) => [call(gitBranchRename, { from: to, to: from, oid: at })],
});

const startArgs = z.object({
  branch: z.string(),
  /** A commit, or the full name of a branch, which an earlier step of the plan makes. */
  at: z.string(),
  from: z.string(),
});
const started = z.object({ at: oid() });

/** Creates a branch and switches to it, with local changes; `from` is what was checked out. */
export const gitBranchStart: Operation<typeof startArgs> = operation({
  id: 'git.branch.start',
  args: startArgs,
  effect: 'write',
  describe: (args) => ({
    summary: `create ${args.branch} at ${shown(args.at)} and switch to it`,
    commands: [['git', ...argv.startArgs(args)]],
  }),
  check: async () => (await import('./start.ts')).checkStart,
  apply: async () => (await import('./start.ts')).applyStart,
  midway: ({ branch, at }) => {
    const commit = isOid(at) ? [at] : 'any';
    return { [gitRef.id]: commit, [gitBranch.id]: [branch], [gitHead.id]: commit };
  },
  invert: ({ branch, from }, result) => [
    call(gitSwitch, { from: branch, to: from }),
    call(gitBranchDelete, { branch, oid: z.parse(started, result).at }),
  ],
});

const unbornArgs = z.object({ from: z.string(), to: z.string() });

/** Gives the branch another name that is checked out and has no commit yet. */
export const gitBranchUnborn: Operation<typeof unbornArgs> = operation({
  id: 'git.branch.unborn',
  args: unbornArgs,
  effect: 'write',
  describe: (args) => ({
    summary: `call the first branch ${args.to}`,
    commands: [['git', ...argv.unbornArgs(args)]],
  }),
  check: async () => (await import('./unborn.ts')).checkUnborn,
  apply: async () => (await import('./unborn.ts')).applyUnborn,
  midway: ({ to }) => ({ [gitBranch.id]: [to] }),
  invert: ({ from, to }) => [call(gitBranchUnborn, { from: to, to: from })],
});

const trackArgs = z.object({ branch: z.string(), upstream: z.string(), from: z.string() });
const tracked = z.object({ at: oid() });

/** Creates a branch that follows one of a remote, wherever that is by then, and switches to it. */
export const gitBranchTrack: Operation<typeof trackArgs> = operation({
  id: 'git.branch.track',
  args: trackArgs,
  effect: 'write',
  describe: (args) => ({
    summary: `create ${args.branch}, which follows ${args.upstream}, and switch to it`,
    commands: [['git', ...argv.trackArgs(args)]],
  }),
  check: async () => (await import('./start.ts')).checkTrack,
  apply: async () => (await import('./start.ts')).applyTrack,
  midway: ({ branch }) => ({ [gitBranch.id]: [branch], [gitHead.id]: 'any', [gitRef.id]: 'any' }),
  invert: ({ branch, from }, result) => [
    call(gitSwitch, { from: branch, to: from }),
    ...configBack(result),
    call(gitBranchDelete, { branch, oid: z.parse(tracked, result).at }),
  ],
});

const forwardArgs = z.object({ branch: z.string(), to: z.string() });
const forwarded = z.object({ from: oid(), to: oid() });

/** Moves a branch that is checked out nowhere to another ref that has all of its commits. */
export const gitBranchForward: Operation<typeof forwardArgs> = operation({
  id: 'git.branch.forward',
  args: forwardArgs,
  effect: 'write',
  describe: ({ branch, to }) => ({
    summary: `fast-forward ${branch} to ${to}`,
    commands: [['git', 'fetch', '.', `${to}:${branch}`]],
  }),
  check: async () => (await import('./forward.ts')).checkForward,
  apply: async () => (await import('./forward.ts')).applyForward,
  invert: ({ branch }, result) => {
    const { from, to } = z.parse(forwarded, result);
    return from === to ? [] : [call(gitBranchPut, { branch, from: to, to: from })];
  },
});

const putArgs = z.object({ branch: z.string(), from: oid(), to: oid() });

/** Moves a branch that is checked out nowhere. */
export const gitBranchPut: Operation<typeof putArgs> = operation({
  id: 'git.branch.put',
  args: putArgs,
  effect: 'write',
  describe: ({ branch, from, to }) => ({
    summary: `move ${branch} to ${to.slice(0, 10)}`,
    commands: [['git', 'update-ref', `refs/heads/${branch}`, to, from]],
  }),
  check: async () => (await import('./forward.ts')).checkPut,
  apply: async () => (await import('./forward.ts')).applyPut,
  midway: ({ to }) => ({ [gitRef.id]: [to] }),
  invert: ({ branch, from, to }) => [call(gitBranchPut, { branch, from: to, to: from })],
});

/** A commit's object id stands for a detached HEAD. */
const switchArgs = z.object({ from: z.string(), to: z.string() });

/** Checks out another branch or commit and keeps local changes; refuses where they are in the way. */
export const gitSwitch: Operation<typeof switchArgs> = operation({
  id: 'git.switch',
  args: switchArgs,
  effect: 'write',
  describe: ({ to }) => ({
    summary: `switch to ${isOid(to) ? to.slice(0, 10) : to}`,
    commands: [['git', ...argv.switchArgs({ to, detached: isOid(to) })]],
  }),
  check: async () => (await import('./switch.ts')).checkSwitch,
  apply: async () => (await import('./switch.ts')).applySwitch,
  midway: ({ to }) => ({ [gitBranch.id]: [isOid(to) ? 'detached' : to], [gitHead.id]: 'any' }),
  invert: ({ from, to }) => [call(gitSwitch, { from: to, to: from })],
});

/** What git wrote about an upstream goes first, byte for byte: deleting the branch would leave the line's end before it. */
function configBack(result: unknown) {
  const { change } = z.parse(configured, result ?? {});
  return change === null ? [] : [call(gitConfigRevert, { changes: [change], edits: [] })];
}

export function isOid(name: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(name);
}

const moveSchema = z.object({ from: oid(), to: oid() });

/** Moves the branch and keeps local changes; refuses where they are in the way. */
export const gitMove: Operation<typeof moveSchema> = operation({
  id: 'git.move',
  args: moveSchema,
  effect: 'write',
  describe: (args) => ({
    summary: `move the branch to ${args.to.slice(0, 10)}`,
    commands: [['git', ...moveArgs(args)]],
  }),
  check: async () => (await import('../move.ts')).checkMove,
  apply: async () => (await import('../move.ts')).applyMove,
  midway: ({ to }) => ({ [gitHead.id]: [to] }),
  invert: ({ from, to }) => [call(gitMove, { from: to, to: from })],
});
