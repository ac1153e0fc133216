import * as z from 'zod/mini';
import { command, query } from '#engines/core/action.ts';
import { field, flag, text, texts } from '#engines/core/fields.ts';
import {
  branchResultSchema,
  submoduleResultSchema,
  submoduleSchema,
  submoduleStatusSchema,
} from './types.ts';

const repos = () =>
  texts({ description: 'Only of these repos; of all where none is named', completes: 'repo' });

const submodules = () =>
  texts({ description: 'Submodules by path or name', positional: true, completes: 'submodule' });

const results = z.object({ submodules: z.array(submoduleResultSchema) });

export const submoduleList = query({
  id: 'submodule.list',
  summary: 'List the submodules of repos as .gitmodules declares them, with branch and commit',
  input: z.object({ repos: repos() }),
  output: z.object({ submodules: z.array(submoduleSchema) }),
  examples: [{ title: 'See every submodule', input: {} }],
  read: async () => (await import('./list.ts')).readList,
});

export const submoduleStatus = query({
  id: 'submodule.status',
  summary: 'Show how submodules stand to their recorded commits, and what has changed in them',
  input: z.object({ repos: repos() }),
  output: z.object({ submodules: z.array(submoduleStatusSchema) }),
  examples: [{ title: 'See which submodules were touched', input: {} }],
  read: async () => (await import('./status.ts')).readStatuses,
});

export const submoduleUpdate = command({
  id: 'submodule.update',
  summary: 'Check out the recorded commits of submodules, or what their remotes have',
  network: true,
  rerun: 'converge',
  input: z.object({
    submodules: submodules(),
    all: flag({ description: 'All submodules' }),
    repos: repos(),
    remote: flag({ description: 'The newest of the branch that .gitmodules names, not the recorded commit' }),
  }),
  output: results,
  examples: [{ title: 'Bring all submodules to their recorded commits', input: { all: true } }],
  plan: async () => (await import('./update.ts')).planUpdate,
  conclude: async () => (await import('./conclude.ts')).concludeSubmodules,
});

export const submoduleReset = command({
  id: 'submodule.reset',
  summary: 'Discard the edits of submodules and leave their branches; undo brings all back',
  network: true,
  rerun: 'converge',
  effects: ['destructive'],
  input: z.object({ submodules: submodules(), repos: repos() }),
  output: results,
  examples: [{ title: 'Put a submodule back to its recorded commit', input: { submodules: ['library'] } }],
  plan: async () => (await import('./reset.ts')).planReset,
  conclude: async () => (await import('./conclude.ts')).concludeSubmodules,
});

export const submoduleBranch = command({
  id: 'submodule.branch',
  summary: 'Show the branches of a submodule, or fetch and switch to one',
  network: true,
  rerun: 'converge',
  input: z.object({
    submodule: field(z.string(), {
      description: 'Submodule by path or name',
      positional: true,
      completes: 'submodule',
    }),
    branch: text({ description: 'Branch to switch to; none shows them', positional: true }),
    repos: repos(),
  }),
  output: z.object({ submodules: z.array(branchResultSchema) }),
  examples: [
    { title: 'See on which branch a submodule is', input: { submodule: 'library' } },
    { title: 'Work on a branch of it', input: { submodule: 'library', branch: 'metal-fixes' } },
  ],
  plan: async () => (await import('./branch.ts')).planBranch,
  conclude: async () => (await import('./branch.ts')).concludeBranch,
});
