import * as z from 'zod/mini';
import { command, query, stream } from '#engines/core/action.ts';
import { field, flag, text, texts } from '#engines/core/fields.ts';
import { rowDelta } from '#engines/core/rows.ts';
import { diffRange } from '#engines/repo/declare.ts';
import { diffSchema } from '#engines/repo/types.ts';
import { execResultSchema } from '#engines/workspace/types.ts';
import { worktreeDetailSchema, worktreeResultSchema, worktreeSchema } from './types.ts';

const set = () =>
  field(z.string(), { description: 'Name of the worktree set', positional: true, completes: 'set' });

const repos = (description = 'Repos by name; all that are in the set where none is named') =>
  texts({ description, completes: 'repo' });

const results = z.object({ worktrees: z.array(worktreeResultSchema) });

export const worktreeAdd = command({
  id: 'worktree.add',
  summary: 'Make one worktree per repo under one name, each on a branch of its own',
  network: true,
  rerun: 'converge',
  input: z.object({
    name: field(z.string(), { description: 'Name of the worktree set', positional: true }),
    repos: repos('Repos by name; all that are cloned where none is named'),
    base: text({
      description: 'Where a new branch begins; develop where the flow model is on, else the default branch',
      completes: 'branch',
    }),
    branch: text({
      description: 'Branch to check out; the name, with the feature prefix where the flow model is on',
      short: 'b',
      completes: 'branch',
    }),
    noSetup: flag({ description: 'Copy no files and run no setup command' }),
  }),
  output: results,
  examples: [
    { title: 'Work on a feature in every repo at once', input: { name: 'search' } },
    {
      title: 'Try something on top of a release, in one repo',
      input: { name: 'trial', repos: ['api'], base: 'main' },
    },
  ],
  plan: async () => (await import('./add.ts')).planAdd,
  conclude: async () => (await import('./conclude.ts')).concludeWorktrees,
});

export const worktreeList = query({
  id: 'worktree.list',
  summary: 'List the worktrees of repos and how they stand',
  input: z.object({
    set: text({
      description: 'Only this worktree set',
      positional: true,
      completes: 'set',
    }),
  }),
  output: z.object({ worktrees: z.array(worktreeSchema) }),
  examples: [{ title: 'See what is worked on beside the main worktrees', input: {} }],
  read: async () => (await import('./list.ts')).readList,
});

export const worktreeWatch = stream({
  id: 'worktree.watch',
  summary: 'Keep the state of worktrees up to date as they change',
  input: z.object({}),
  event: rowDelta(worktreeSchema),
  shared: true,
  examples: [{ title: 'Follow every worktree', input: {} }],
  follow: async () => (await import('./watch.ts')).watchWorktrees,
});

/** One worktree: that of a repo in a set, or one that was made by hand. */
const one = () => ({
  name: field(z.string(), {
    description: 'Name of the worktree set, or the path of a worktree that was made by hand',
    positional: true,
    completes: 'set',
  }),
  repo: field(z.string(), { description: 'Repo that it is of', positional: true, completes: 'repo' }),
});

export const worktreeDetail = query({
  id: 'worktree.detail',
  summary: 'Show the changed files, newest commits and submodules of one worktree',
  input: z.object(one()),
  output: worktreeDetailSchema,
  examples: [{ title: 'Look into the worktree of one repo', input: { name: 'login', repo: 'api' } }],
  read: async () => (await import('./detail.ts')).readDetail,
});

export const worktreeDiff = query({
  id: 'worktree.diff',
  summary: 'Show what has changed in one worktree since its last commit, or between two commits',
  input: z.object({ ...one(), ...diffRange() }),
  output: diffSchema,
  examples: [
    { title: 'Show what is not committed yet', input: { name: 'login', repo: 'api' } },
    {
      title: 'Show what the worktree has on top of main',
      input: { name: 'login', repo: 'api', from: 'main' },
    },
  ],
  read: async () => (await import('./detail.ts')).readDiff,
});

export const worktreeSwitch = query({
  id: 'worktree.switch',
  summary: 'Print where a worktree set is, or the worktree of one repo in it',
  input: z.object({
    name: set(),
    repo: text({
      description: 'Its worktree; the directory of the whole set unless told',
      positional: true,
      completes: 'repo',
    }),
  }),
  output: z.object({ path: field(z.string(), { description: 'Absolute path' }) }),
  examples: [{ title: 'Go to the worktree of one repo', input: { name: 'login', repo: 'api' } }],
  read: async () => (await import('./switch.ts')).readPath,
});

export const worktreeRemove = command({
  id: 'worktree.remove',
  summary: 'Remove the worktrees of a set, if nothing is lost with them; undo brings them back',
  rerun: 'converge',
  effects: ['destructive'],
  input: z.object({
    name: set(),
    repos: repos(),
    force: flag({
      description: 'Also with changes, and a branch with commits that are nowhere else',
      short: 'f',
    }),
    deleteBranch: flag({ description: 'Their branches go too' }),
    keepIgnored: flag({ description: 'Keep ignored directories for undo, such as what was built' }),
  }),
  output: results,
  examples: [
    { title: 'Be done with a set and keep its branches', input: { name: 'login' } },
    { title: 'Be done with a set and its branches', input: { name: 'login', deleteBranch: true } },
  ],
  plan: async () => (await import('./remove.ts')).planRemove,
  conclude: async () => (await import('./conclude.ts')).concludeWorktrees,
});

export const worktreeLock = command({
  id: 'worktree.lock',
  summary: 'Keep the worktrees of a set from being removed or pruned',
  rerun: 'converge',
  input: z.object({
    name: set(),
    repos: repos(),
    reason: text({ description: 'Why, for whoever wants to remove them' }),
  }),
  output: results,
  examples: [
    { title: 'Keep a set that is on another disk', input: { name: 'login', reason: 'on the USB disk' } },
  ],
  plan: async () => (await import('./lock.ts')).planLock,
  conclude: async () => (await import('./conclude.ts')).concludeWorktrees,
});

export const worktreeUnlock = command({
  id: 'worktree.unlock',
  summary: 'Let the worktrees of a set be removed again',
  rerun: 'converge',
  input: z.object({ name: set(), repos: repos() }),
  output: results,
  examples: [{ title: 'Let a set go', input: { name: 'login' } }],
  plan: async () => (await import('./lock.ts')).planUnlock,
  conclude: async () => (await import('./conclude.ts')).concludeWorktrees,
});

const clonedRepos = () => repos('Repos by name; all that are cloned where none is named');

export const worktreePrune = command({
  id: 'worktree.prune',
  summary: 'Forget the worktrees whose directories are gone',
  rerun: 'converge',
  effects: ['destructive'],
  input: z.object({ repos: clonedRepos() }),
  output: results,
  examples: [{ title: 'Tidy up after directories were deleted by hand', input: {} }],
  plan: async () => (await import('./prune.ts')).planPrune,
  conclude: async () => (await import('./conclude.ts')).concludeWorktrees,
});

export const worktreeRepair = command({
  id: 'worktree.repair',
  summary: 'Connect worktrees and repos again that were moved by hand',
  rerun: 'converge',
  input: z.object({ repos: clonedRepos() }),
  output: results,
  examples: [{ title: 'Find every worktree again after the workspace was moved', input: {} }],
  plan: async () => (await import('./repair.ts')).planRepair,
  conclude: async () => (await import('./conclude.ts')).concludeWorktrees,
});

export const worktreeExec = command({
  id: 'worktree.exec',
  summary: 'Run one command in every worktree of a set',
  network: true,
  rerun: 'once',
  effects: ['destructive'],
  input: z.object({
    name: set(),
    command: field(z.array(z.string()).check(z.minLength(1)), {
      description: 'Program and arguments, as they are; no shell reads them',
      positional: true,
    }),
    repos: repos(),
    parallel: field(z._default(z.int().check(z.minimum(1), z.maximum(64)), 4), {
      description: 'How many run at once',
      short: 'p',
    }),
  }),
  output: z.object({ repos: z.array(execResultSchema) }),
  examples: [{ title: 'Test what is in a set', input: { name: 'login', command: ['npm', 'test'] } }],
  plan: async () => (await import('./exec.ts')).planExec,
  conclude: async () => (await import('#engines/workspace/exec.ts')).concludeExec,
});
