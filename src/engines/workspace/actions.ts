import * as z from 'zod/mini';
import { command, query } from '#engines/core/action.ts';
import { field, flag, text, texts } from '#engines/core/fields.ts';
import { MANIFESTS } from './find.ts';
import {
  execResultSchema,
  listedRepoSchema,
  syncResultSchema,
  workspaceHeadSchema,
  workspaceStatusSchema,
} from './types.ts';

const repos = () =>
  texts({ description: 'Repos by name; all where none is named', positional: true, completes: 'repo' });

export const workspaceInit = command({
  id: 'workspace.init',
  summary: 'Make a workspace and clone its repos, or clone what it lacks',
  needsWorkspace: false,
  network: true,
  rerun: 'converge',
  input: z.object({
    repos: texts({ description: 'Addresses to clone from, or NAME=ADDRESS', positional: true }),
    name: text({ description: 'Name of the workspace; that of the directory unless told' }),
    directory: text({
      description: 'Where the workspace is; the one around you, else the current directory',
      completes: 'directory',
    }),
    manifest: field(z._default(z.enum(MANIFESTS), MANIFESTS[0]), {
      description: 'Where a manifest is written that is not there yet',
    }),
  }),
  examples: [
    {
      title: 'Make a workspace of two repos',
      input: { repos: ['https://example.org/api.git', 'site=https://example.org/web.git'] },
    },
  ],
  plan: async () => (await import('./init.ts')).planInit,
});

export const workspaceAdopt = command({
  id: 'workspace.adopt',
  summary: 'Make a workspace of the git repositories below a directory',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({
    directory: text({
      description: 'Where to look; the workspace around you, else the current directory',
      positional: true,
      completes: 'directory',
    }),
    depth: field(z._default(z.int().check(z.minimum(0), z.maximum(20)), 4), {
      description: 'How many levels below it are looked at',
    }),
  }),
  examples: [{ title: 'List every repository below the current directory', input: {} }],
  plan: async () => (await import('./adopt.ts')).planAdopt,
});

export const workspaceAdd = command({
  id: 'workspace.add',
  summary: 'Add a repo to the workspace and clone it',
  network: true,
  rerun: 'converge',
  input: z.object({
    url: field(z.string(), { description: 'Address to clone from', positional: true }),
    name: text({ description: 'Name in the workspace; the last part of the address unless told' }),
    path: text({
      description: 'Where it is cloned to, from the root of the workspace; its name unless told',
    }),
  }),
  examples: [
    {
      title: 'Add a repo under a name of your own',
      input: { url: 'https://example.org/web.git', name: 'site' },
    },
  ],
  plan: async () => (await import('./add.ts')).planAdd,
});

export const workspaceRemove = command({
  id: 'workspace.remove',
  summary: 'Take a repo off the workspace; its files stay unless told',
  rerun: 'converge',
  effects: ['destructive'],
  input: z.object({
    repo: field(z.string(), { description: 'Name of the repo', positional: true, completes: 'repo' }),
    delete: flag({ description: 'Its files go too, if nothing would be lost with them' }),
  }),
  examples: [{ title: 'Forget a repo and keep its files', input: { repo: 'api' } }],
  plan: async () => (await import('./remove.ts')).planRemove,
});

export const workspaceList = query({
  id: 'workspace.list',
  summary: 'List the repos of the workspace',
  input: z.object({}),
  output: z.object({ repos: z.array(listedRepoSchema) }),
  examples: [{ title: 'See where every repo comes from', input: {} }],
  read: async () => (await import('./list.ts')).readList,
});

export const workspaceShow = query({
  id: 'workspace.show',
  summary: 'Show the name of the workspace, its manifest and the commands that it brings',
  input: z.object({}),
  output: workspaceHeadSchema,
  examples: [{ title: 'See which commands would be trusted', input: {} }],
  read: async () => (await import('./show.ts')).readWorkspaceHead,
});

export const workspaceStatus = query({
  id: 'workspace.status',
  summary: 'Show the workspace and the state of its repos',
  input: z.object({}),
  output: workspaceStatusSchema,
  examples: [{ title: 'See how everything stands', input: {} }],
  read: async () => (await import('./status.ts')).readWorkspaceStatus,
});

export const workspaceSync = command({
  id: 'workspace.sync',
  summary: 'Clone what is missing, fetch everything, fast-forward what can be',
  network: true,
  rerun: 'converge',
  input: z.object({ repos: repos() }),
  output: z.object({ repos: z.array(syncResultSchema) }),
  examples: [{ title: 'Bring every repo up to date', input: {} }],
  plan: async () => (await import('./sync.ts')).planSync,
  conclude: async () => (await import('./sync.ts')).concludeSync,
});

export const workspaceSetup = command({
  id: 'workspace.setup',
  summary: 'Run the setup commands of repos that are cloned',
  network: true,
  rerun: 'once',
  input: z.object({ repos: repos() }),
  examples: [{ title: 'Set up every repo once more', input: {} }],
  plan: async () => (await import('./setup.ts')).planSetup,
});

export const workspaceExec = command({
  id: 'workspace.exec',
  summary: 'Run one command in many repos',
  network: true,
  rerun: 'once',
  effects: ['destructive'],
  input: z.object({
    command: field(z.array(z.string()).check(z.minLength(1)), {
      description: 'Program and arguments, as they are; no shell reads them',
      positional: true,
    }),
    repos: texts({ description: 'Repos by name; all where none is named', completes: 'repo' }),
    parallel: field(z._default(z.int().check(z.minimum(1), z.maximum(64)), 4), {
      description: 'How many run at once',
      short: 'p',
    }),
  }),
  output: z.object({ repos: z.array(execResultSchema) }),
  examples: [
    { title: 'See which branch every repo is on', input: { command: ['git', 'branch', '--show-current'] } },
  ],
  plan: async () => (await import('./exec.ts')).planExec,
  conclude: async () => (await import('./exec.ts')).concludeExec,
});

export const workspaceTrust = command({
  id: 'workspace.trust',
  summary: 'Trust the commands that come with this workspace',
  rerun: 'converge',
  input: z.object({}),
  examples: [{ title: 'Allow the setup commands of a workspace that you have read', input: {} }],
  plan: async () => (await import('./trust-set.ts')).planTrust,
});

export const demo = command({
  id: 'demo',
  summary: 'Make a workspace of eight repos in different states, to try things on',
  needsWorkspace: false,
  rerun: 'once',
  input: z.object({
    directory: field(z._default(z.string().check(z.minLength(1)), 'gantry-demo'), {
      description: 'A directory that is empty or does not exist yet',
      positional: true,
      completes: 'directory',
    }),
  }),
  output: z.object({ root: field(z.string(), { description: 'Root of the workspace, absolute' }) }),
  examples: [{ title: 'Make a demo workspace below the current directory', input: {} }],
  plan: async () => (await import('./demo/plan.ts')).planDemo,
  conclude: async () => (await import('./demo/plan.ts')).concludeDemo,
});
