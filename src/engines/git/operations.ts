import * as z from 'zod/mini';
import { expect } from '#engines/core/fact.ts';
import { call, type Operation, operation } from '#engines/core/operation.ts';
import * as argv from './argv.ts';
import { gitMove } from './branch/operations.ts';
import { gitBranch, gitChanges, gitHead, gitStored, gitUntracked } from './facts.ts';
import { oid } from './oid.ts';

export * from './branch/operations.ts';
export * from './commit/operations.ts';
export * from './config/operations.ts';
export * from './merge/operations.ts';
export * from './remote/operations.ts';
export * from './stash/operations.ts';
export * from './submodule/operations.ts';
export * from './tag/operations.ts';
export * from './worktree/operations.ts';

const cloneArgs = z.object({ url: z.string(), submodules: z.boolean() });

export const gitClone: Operation<typeof cloneArgs> = operation({
  id: 'git.clone',
  args: cloneArgs,
  effect: 'write',
  describe: (args, target) => ({
    summary: `clone ${args.url}`,
    commands: [command(argv.cloneArgs(args, target))],
  }),
  check: async () => (await import('./clone.ts')).checkClone,
  apply: async () => (await import('./clone.ts')).applyClone,
  invert: ({ url, submodules }) => [call(gitUnclone, { url, submodules })],
});

/** Removes a clone to which nothing has been added since. */
export const gitUnclone: Operation<typeof cloneArgs> = operation({
  id: 'git.unclone',
  args: cloneArgs,
  effect: 'destructive',
  describe: (_, { path }) => ({ summary: `remove the untouched clone ${path}`, commands: [] }),
  check: async () => (await import('./clone.ts')).checkUnclone,
  apply: async () => (await import('./clone.ts')).applyUnclone,
  invert: ({ url, submodules }) => [call(gitClone, { url, submodules })],
});

const fetchArgs = z.object({ prune: z.boolean() });

export const gitFetch: Operation<typeof fetchArgs> = operation({
  id: 'git.fetch',
  args: fetchArgs,
  effect: 'write',
  describe: (args) => ({
    summary: `fetch from every remote${args.prune ? ' and drop remote branches that are gone' : ''}`,
    commands: [command(argv.fetchArgs(args))],
  }),
  check: async () => (await import('./fetch.ts')).checkFetch,
  apply: async () => (await import('./fetch.ts')).applyFetch,
  // What a remote said stays known: nothing of the person's own has changed.
  invert: () => [],
});

const fastForwarded = z.object({ from: oid(), to: oid() });

const forwardArgs = z.object({ branch: z.string() });

export const gitFastForward: Operation<typeof forwardArgs> = operation({
  id: 'git.fast-forward',
  args: forwardArgs,
  effect: 'write',
  describe: ({ branch }) => ({
    summary: `fast-forward ${branch} to its upstream`,
    commands: [command(argv.mergeArgs())],
  }),
  check: async () => (await import('./fast-forward.ts')).checkFastForward,
  apply: async () => (await import('./fast-forward.ts')).applyFastForward,
  invert: (_, result) => {
    const { from, to } = z.parse(fastForwarded, result);
    return from === to ? [] : [call(gitMove, { from: to, to: from })];
  },
});

const pushArgs = z.object({
  remote: z.string(),
  /** Full names: `refs/heads/main`. */
  local: z.string(),
  upstream: z.string(),
  /** The commit that goes; null for the one that the branch is at by then, where earlier steps of the plan move it. */
  oid: z.nullable(oid()),
  setUpstream: z.boolean(),
});

export const gitPush: Operation<typeof pushArgs> = operation({
  id: 'git.push',
  args: pushArgs,
  effect: 'outward',
  describe: (args) => ({
    summary: `push ${short(args.local)} to ${short(args.upstream)} of ${args.remote}`,
    commands: [argv.pushArgs(args), ...argv.upstreamArgs(args)].map(command),
  }),
  check: async () => (await import('./push.ts')).checkPush,
  apply: async () => (await import('./push.ts')).applyPush,
});

const resetArgs = z.object({ to: oid(), submodules: z.boolean() });

export const gitReset: Operation<typeof resetArgs> = operation({
  id: 'git.reset',
  args: resetArgs,
  effect: 'destructive',
  describe: (args) => ({
    summary: `reset to ${args.to.slice(0, 10)}${args.submodules ? ', submodules to their recorded commits' : ''}`,
    commands: [command(argv.resetArgs(args)), ...(args.submodules ? [command(argv.submoduleArgs())] : [])],
  }),
  check: async () => (await import('./reset.ts')).checkReset,
  apply: async () => (await import('./reset.ts')).applyReset,
  midway: ({ to }) => ({ [gitHead.id]: [to], [gitChanges.id]: 'any' }),
  // The snapshot that stands before it brings everything back.
  invert: () => [],
});

const cleanArgs = z.object({ paths: z.array(z.string()), ignored: z.boolean() });

export const gitClean: Operation<typeof cleanArgs> = operation({
  id: 'git.clean',
  args: cleanArgs,
  effect: 'destructive',
  describe: (args) => ({
    summary: `delete ${args.paths.length} untracked ${args.ignored ? 'and ignored ' : ''}path${args.paths.length === 1 ? '' : 's'}`,
    commands: argv.cleanArgs(args).map(command),
  }),
  check: async () => (await import('./clean.ts')).checkClean,
  apply: async () => (await import('./clean.ts')).applyClean,
  midway: () => ({ [gitUntracked.id]: 'any' }),
  // The snapshot that stands before it brings everything back.
  invert: () => [],
});

const snapshotArgs = z.object({
  ignored: z.boolean(),
  /** Byte paths of files that are kept although they are ignored. */
  also: z.array(z.string()),
});
const snapshotResult = z.object({ oid: oid() });

export const gitSnapshot: Operation<typeof snapshotArgs> = operation({
  id: 'git.snapshot',
  args: snapshotArgs,
  effect: 'write',
  describe: ({ ignored }) => ({
    summary: `snapshot HEAD, index, changes, untracked ${ignored ? 'and ignored ' : ''}files`,
    commands: [],
  }),
  check: async () => (await import('./snapshot.ts')).checkSnapshot,
  apply: async () => (await import('./snapshot.ts')).applySnapshot,
  invert: (_, result) => [call(gitRestore, z.parse(snapshotResult, result))],
});

const restoreArgs = z.object({ oid: oid() });
const restoreResult = z.object({ before: oid() });

export const gitRestore: Operation<typeof restoreArgs> = operation({
  id: 'git.restore',
  args: restoreArgs,
  effect: 'write',
  overwrites: true,
  describe: (args) => ({ summary: `bring back the snapshot ${args.oid.slice(0, 10)}`, commands: [] }),
  check: async () => (await import('./restore.ts')).checkRestore,
  apply: async () => (await import('./restore.ts')).applyRestore,
  needs: ({ oid }) => [expect(gitStored, { oid }, 'kept')],
  // What is there before each attempt is kept.
  midway: () => ({
    [gitHead.id]: 'any',
    [gitBranch.id]: 'any',
    [gitChanges.id]: 'any',
    [gitUntracked.id]: 'any',
  }),
  invert: (_, result) => [call(gitRestore, { oid: z.parse(restoreResult, result).before })],
});

const pruneArgs = z.object({ refs: z.array(z.object({ ref: z.string(), oid: oid() })) });

export const gitSnapshotDelete: Operation<typeof pruneArgs> = operation({
  id: 'git.snapshot.delete',
  args: pruneArgs,
  effect: 'destructive',
  describe: ({ refs }) => ({
    summary: `forget ${refs.length} snapshot${refs.length === 1 ? '' : 's'}`,
    commands: refs.map(({ ref, oid }) => command(['update-ref', '-d', ref, oid])),
  }),
  check: async () => (await import('./snapshot-delete.ts')).checkDelete,
  apply: async () => (await import('./snapshot-delete.ts')).applyDelete,
});

function command(args: string[]): string[] {
  return ['git', ...args];
}

function short(ref: string): string {
  return ref.replace(/^refs\/(heads|tags)\//, '');
}
