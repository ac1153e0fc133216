import * as z from 'zod/mini';
import { call, type Operation, operation } from '#engines/core/operation.ts';
import { configChangeSchema } from '../config/change.ts';
import { oid } from '../oid.ts';
import * as argv from './argv.ts';
import { gitSubmodule } from './facts.ts';

// The target of each is the submodule itself; `path` is where the repository around it has it.

const updateArgs = z.object({
  path: z.string(),
  remote: z.boolean(),
  /** It was not checked out: undo takes it away again. Else the snapshot before it brings everything back. */
  missing: z.boolean(),
});

const updated = z.object({ config: z.nullable(configChangeSchema) });

export const gitSubmoduleUpdate: Operation<typeof updateArgs> = operation({
  id: 'git.submodule.update',
  args: updateArgs,
  effect: 'write',
  describe: (args) => ({
    summary: `check out ${args.path} at ${args.remote ? 'what its remote has' : 'the recorded commit'}`,
    commands: argv.updateArgs(args).map(command),
  }),
  check: async () => (await import('./update.ts')).checkUpdate,
  apply: async () => (await import('./update.ts')).applyUpdate,
  midway: () => ({ [gitSubmodule.id]: 'any' }),
  invert: (args, result) =>
    args.missing ? [call(gitSubmoduleRemove, { ...args, ...z.parse(updated, result) })] : [],
});

const removeArgs = z.object({ ...updateArgs.shape, ...updated.shape });

/** Takes away the files of a submodule to which nothing has been added since; its repository stays. */
export const gitSubmoduleRemove: Operation<typeof removeArgs> = operation({
  id: 'git.submodule.remove',
  args: removeArgs,
  effect: 'destructive',
  describe: (args) => ({
    summary: `take away the untouched files of ${args.path}`,
    commands: [command(argv.deinitArgs(args))],
  }),
  check: async () => (await import('./remove.ts')).checkRemove,
  apply: async () => (await import('./remove.ts')).applyRemove,
  midway: () => ({ [gitSubmodule.id]: ['missing'] }),
  invert: ({ path, remote, missing }) => [call(gitSubmoduleUpdate, { path, remote, missing })],
});

const resetArgs = z.object({ path: z.string(), to: oid() });

export const gitSubmoduleReset: Operation<typeof resetArgs> = operation({
  id: 'git.submodule.reset',
  args: resetArgs,
  effect: 'destructive',
  describe: (args) => ({
    summary: `discard the edits in ${args.path} and detach it at the recorded commit ${args.to.slice(0, 10)}`,
    commands: [command(argv.resetArgs(args))],
  }),
  check: async () => (await import('./reset.ts')).checkReset,
  apply: async () => (await import('./reset.ts')).applyReset,
  midway: () => ({ [gitSubmodule.id]: 'any' }),
  // The snapshot that stands before it brings everything back.
  invert: () => [],
});

const branchesArgs = z.object({});

/** Changes nothing. */
export const gitSubmoduleBranches: Operation<typeof branchesArgs> = operation({
  id: 'git.submodule.branches',
  args: branchesArgs,
  effect: 'read',
  describe: () => ({ summary: 'show the checked-out branch and the branches there are', commands: [] }),
  check: async () => (await import('./branches.ts')).checkBranches,
  apply: async () => (await import('./branches.ts')).applyBranches,
});

function command(args: string[]): string[] {
  return ['git', ...args];
}
