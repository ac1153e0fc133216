import * as z from 'zod/mini';
import { expect } from '#engines/core/fact.ts';
import { call, type Operation, operation } from '#engines/core/operation.ts';
import { cleanArgs } from '../argv.ts';
import { gitExists } from '../facts.ts';
import { counted } from '../words.ts';
import * as argv from './argv.ts';
import { gitTrashed, gitWorktree, gitWorktreeBranch, gitWorktreeLinks, gitWorktreeLocked } from './facts.ts';

// The target of each is the worktree: its `path` is the worktree's, and `repo` the main worktree's.

/** Name of the directory below `worktrees` of the git directory. */
const id = () => z.string().check(z.regex(/^(?!\.)[^/\0]+$/, 'expected the name of one directory'));

/** Directories above the worktree go with it when nothing else is in them, below this one. */
const top = () => z.nullable(z.string());

const addArgs = z.object({ branch: z.string(), top: top() });
const added = z.object({ id: id() });

export const gitWorktreeAdd: Operation<typeof addArgs> = operation({
  id: 'git.worktree.add',
  args: addArgs,
  effect: 'write',
  describe: (args, target) => ({
    summary: `check out ${args.branch} at ${target.path}`,
    commands: [['git', ...argv.addArgs(args, target)]],
  }),
  check: async () => (await import('./add.ts')).checkAdd,
  apply: async () => (await import('./add.ts')).applyAdd,
  midway: () => ({ [gitExists.id]: 'any', [gitWorktree.id]: 'any', [gitWorktreeBranch.id]: 'any' }),
  invert: (args, result) => [
    call(gitWorktreeRemove, { id: z.parse(added, result).id, top: args.top, branch: null }),
  ],
});

const removeArgs = z.object({
  id: id(),
  top: top(),
  /** The branch that stays, on which taking this back relies. */
  branch: z.nullable(z.string()),
});
const removed = z.object({ trash: z.string() });

/** Moves the worktree and what git keeps of it into the trash, whole: index, HEAD, submodules, ignored files. */
export const gitWorktreeRemove: Operation<typeof removeArgs> = operation({
  id: 'git.worktree.remove',
  args: removeArgs,
  effect: 'destructive',
  describe: (_, { path }) => ({ summary: `remove the worktree ${path}; undo brings it back`, commands: [] }),
  check: async () => (await import('./remove.ts')).checkRemove,
  apply: async () => (await import('./remove.ts')).applyRemove,
  midway: () => ({ [gitWorktree.id]: 'any', [gitWorktreeBranch.id]: 'any' }),
  invert: (args, result) => [call(gitWorktreeRestore, { ...args, ...z.parse(removed, result) })],
});

const restoreArgs = z.object({ ...removeArgs.shape, ...removed.shape });

export const gitWorktreeRestore: Operation<typeof restoreArgs> = operation({
  id: 'git.worktree.restore',
  args: restoreArgs,
  effect: 'write',
  describe: (_, { path }) => ({ summary: `bring back the worktree ${path}`, commands: [] }),
  check: async () => (await import('./restore.ts')).checkRestore,
  apply: async () => (await import('./restore.ts')).applyRestore,
  needs: ({ trash }) => [expect(gitTrashed, { trash }, 'kept')],
  midway: () => ({
    [gitWorktree.id]: 'any',
    [gitWorktreeBranch.id]: 'any',
    [gitTrashed.id]: 'any',
  }),
  invert: ({ top: up, branch }, result) => [
    call(gitWorktreeRemove, { id: z.parse(added, result).id, top: up, branch }),
  ],
});

const keepArgs = z.object({});

/** So that git deletes no content of a worktree that is in the trash; the trash has everything else. */
export const gitWorktreeKeep: Operation<typeof keepArgs> = operation({
  id: 'git.worktree.keep',
  args: keepArgs,
  effect: 'write',
  describe: () => ({ summary: 'snapshot HEAD, index, changes, untracked files', commands: [] }),
  check: async () => (await import('./keep.ts')).checkKeep,
  apply: async () => (await import('./keep.ts')).applyKeep,
  invert: () => [],
});

const clearArgs = z.object({ paths: z.array(z.string()) });

/** Directories that git ignores are built again, not brought back. */
export const gitWorktreeClear: Operation<typeof clearArgs> = operation({
  id: 'git.worktree.clear',
  args: clearArgs,
  effect: 'destructive',
  describe: ({ paths }) => ({
    summary: `delete ${counted(paths.length, 'ignored directory', 'ignored directories')}: ${paths.join(', ')}`,
    commands: cleanArgs({ paths, ignored: true }).map((args) => ['git', ...args]),
  }),
  check: async () => (await import('./clear.ts')).checkClear,
  apply: async () => (await import('./clear.ts')).applyClear,
});

const lockArgs = z.object({ reason: z.string() });

export const gitWorktreeLock: Operation<typeof lockArgs> = operation({
  id: 'git.worktree.lock',
  args: lockArgs,
  effect: 'write',
  describe: (args, target) => ({
    summary: `lock the worktree ${target.path}${args.reason === '' ? '' : `: ${args.reason}`}`,
    commands: [['git', ...argv.lockArgs(args, target)]],
  }),
  check: async () => (await import('./lock.ts')).checkLock,
  apply: async () => (await import('./lock.ts')).applyLock,
  midway: () => ({ [gitWorktreeLocked.id]: 'any' }),
  invert: (args) => [call(gitWorktreeUnlock, args)],
});

export const gitWorktreeUnlock: Operation<typeof lockArgs> = operation({
  id: 'git.worktree.unlock',
  args: lockArgs,
  effect: 'write',
  describe: (_, target) => ({
    summary: `unlock the worktree ${target.path}`,
    commands: [['git', ...argv.unlockArgs(target)]],
  }),
  check: async () => (await import('./lock.ts')).checkUnlock,
  apply: async () => (await import('./lock.ts')).applyUnlock,
  midway: () => ({ [gitWorktreeLocked.id]: 'any' }),
  invert: (args) => [call(gitWorktreeLock, args)],
});

/** The files as they are before, by absolute path: what git writes, it writes over these. */
const repairArgs = z.object({
  paths: z.array(z.string()),
  links: z.array(z.object({ file: z.string(), text: z.string() })),
});
const repaired = z.object({
  links: z.array(z.object({ file: z.string(), from: z.string(), to: z.string() })),
});

export const gitWorktreeRepair: Operation<typeof repairArgs> = operation({
  id: 'git.worktree.repair',
  args: repairArgs,
  effect: 'write',
  describe: ({ paths }) => ({
    summary: `connect ${counted(paths.length, 'worktree')} with the repository: ${paths.join(', ')}`,
    commands: [['git', ...argv.repairArgs({ paths })]],
  }),
  check: async () => (await import('./repair.ts')).checkRepair,
  apply: async () => (await import('./repair.ts')).applyRepair,
  midway: () => ({ [gitWorktreeLinks.id]: 'any' }),
  invert: (_, result) => [call(gitWorktreeLink, z.parse(repaired, result))],
});

/** Writes the files by which a repository and its worktrees find each other. */
export const gitWorktreeLink: Operation<typeof repaired> = operation({
  id: 'git.worktree.link',
  args: repaired,
  effect: 'write',
  describe: ({ links }) => ({
    summary: `write ${links.map(({ file }) => file).join(', ')} as before`,
    commands: [],
  }),
  check: async () => (await import('./repair.ts')).checkLink,
  apply: async () => (await import('./repair.ts')).applyLink,
  midway: () => ({ [gitWorktreeLinks.id]: 'any' }),
  invert: ({ links }) => [
    call(gitWorktreeLink, { links: links.map(({ file, from, to }) => ({ file, from: to, to: from })) }),
  ],
});
