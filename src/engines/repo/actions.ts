import * as z from 'zod/mini';
import { command, query, stream } from '#engines/core/action.ts';
import { field, flag, text, texts } from '#engines/core/fields.ts';
import { rowDelta } from '#engines/core/rows.ts';
import { diffRange, paths } from './declare.ts';
import {
  branchSchema,
  commitSchema,
  detailSchema,
  diffSchema,
  pullResultSchema,
  remoteSchema,
  repoResultSchema,
  repoStatusSchema,
  tagSchema,
} from './types.ts';

const repos = () =>
  texts({ description: 'Repos by name; all where none is named', positional: true, completes: 'repo' });

const namedRepos = () => texts({ description: 'Repos by name', positional: true, completes: 'repo' });

const repo = () =>
  field(z.string(), { description: 'Name of the repo', positional: true, completes: 'repo' });

const all = () => flag({ description: 'All repos of the workspace' });

const prune = () => flag({ description: 'Drop remote branches that the remote no longer has', short: 'p' });

const reposOption = () => texts({ description: 'Repos by name; all where none is named', completes: 'repo' });

const results = z.object({ repos: z.array(repoResultSchema) });

export const repoStatus = query({
  id: 'repo.status',
  summary: 'Show the state of repos: branch, upstream, changes, stashes',
  input: z.object({
    repos: repos(),
    commits: flag({ description: 'The newest commit of each repo too', short: 'c' }),
  }),
  output: z.object({ repos: z.array(repoStatusSchema) }),
  examples: [
    { title: 'See how every repo stands', input: {} },
    { title: 'See the newest commits too', input: { commits: true } },
  ],
  read: async () => (await import('./status.ts')).readStatuses,
});

export const repoWatch = stream({
  id: 'repo.watch',
  summary: 'Keep the state of repos up to date as they change',
  input: z.object({ repos: repos() }),
  event: rowDelta(repoStatusSchema),
  shared: true,
  examples: [{ title: 'Follow the state of one repo', input: { repos: ['api'] } }],
  follow: async () => (await import('./watch.ts')).watchRepos,
});

export const repoDetail = query({
  id: 'repo.detail',
  summary: 'Show the changed files, newest commits, branches and submodules of a repo',
  input: z.object({ repo: repo() }),
  output: detailSchema,
  examples: [{ title: 'Look into one repo', input: { repo: 'api' } }],
  read: async () => (await import('./detail.ts')).readDetail,
});

export const repoLog = query({
  id: 'repo.log',
  summary: 'Show the newest commits of a repo',
  input: z.object({
    repo: repo(),
    paths: paths(),
    limit: field(z._default(z.int().check(z.minimum(1), z.maximum(100_000)), 50), {
      description: 'How many at the most',
      short: 'n',
    }),
    from: text({ description: 'Branch, tag or commit to begin at; HEAD unless told', completes: 'branch' }),
  }),
  output: z.object({ commits: z.array(commitSchema) }),
  examples: [{ title: 'Show the last ten commits', input: { repo: 'api', limit: 10 } }],
  read: async () => (await import('./history.ts')).readRepoLog,
});

export const repoDiff = query({
  id: 'repo.diff',
  summary: 'Show what has changed in a repo since its last commit, or between two commits',
  input: z.object({ repo: repo(), ...diffRange() }),
  output: diffSchema,
  examples: [{ title: 'Show what would be committed', input: { repo: 'api', staged: true } }],
  read: async () => (await import('./history.ts')).readRepoDiff,
});

export const repoBranches = query({
  id: 'repo.branches',
  summary: 'List the branches of a repo, newest first',
  input: z.object({
    repo: repo(),
    remote: flag({ description: 'Those of its remotes instead', short: 'r' }),
  }),
  output: z.object({ branches: z.array(branchSchema) }),
  examples: [{ title: 'See which branches have something to push', input: { repo: 'api' } }],
  read: async () => (await import('./history.ts')).readRepoBranches,
});

export const repoTags = query({
  id: 'repo.tags',
  summary: 'List the tags of repos, the newest version first',
  input: z.object({ repos: repos() }),
  output: z.object({ tags: z.array(tagSchema) }),
  examples: [{ title: 'See which versions a repo has', input: { repos: ['api'] } }],
  read: async () => (await import('./tags.ts')).readRepoTags,
});

export const repoRemotes = query({
  id: 'repo.remotes',
  summary: 'List the remotes of a repo with their web pages, the one that is followed first',
  input: z.object({ repo: repo() }),
  output: z.object({ remotes: z.array(remoteSchema) }),
  examples: [{ title: 'See where a repo can be looked at', input: { repo: 'api' } }],
  read: async () => (await import('./remotes.ts')).readRepoRemotes,
});

export const repoFetch = command({
  id: 'repo.fetch',
  summary: 'Learn what the remotes of repos have; nothing local changes',
  network: true,
  rerun: 'converge',
  input: z.object({ repos: repos(), prune: prune() }),
  output: results,
  examples: [
    { title: 'Fetch everywhere', input: {} },
    { title: 'Fetch and forget deleted branches', input: { prune: true } },
  ],
  plan: async () => (await import('./fetch.ts')).planFetch,
  conclude: async () => (await import('./conclude.ts')).concludeRepos,
});

export const repoPull = command({
  id: 'repo.pull',
  summary: 'Fetch, then fast-forward the branches that can be',
  network: true,
  rerun: 'converge',
  input: z.object({ repos: repos(), prune: prune() }),
  output: z.object({ repos: z.array(pullResultSchema) }),
  examples: [
    { title: 'Bring everything up to date', input: {} },
    { title: 'Bring one repo up to date', input: { repos: ['api'] } },
  ],
  plan: async () => (await import('./pull.ts')).planPull,
  conclude: async () => (await import('./pull.ts')).concludePull,
});

export const repoPush = command({
  id: 'repo.push',
  summary: 'Send the checked-out branches to their upstreams',
  network: true,
  rerun: 'converge',
  effects: ['outward'],
  input: z.object({ repos: repos() }),
  output: results,
  examples: [{ title: 'Push one repo', input: { repos: ['api'] } }],
  plan: async () => (await import('./push.ts')).planPush,
  conclude: async () => (await import('./conclude.ts')).concludeRepos,
});

export const repoReset = command({
  id: 'repo.reset',
  summary: 'Reset repos to their upstreams, submodules to their recorded commits; undo brings all back',
  rerun: 'once',
  effects: ['destructive'],
  input: z.object({
    repos: namedRepos(),
    all: all(),
    to: text({ description: 'Branch, tag or commit; the upstream unless told', completes: 'branch' }),
  }),
  output: results,
  examples: [
    { title: 'Throw away what is not on the remote, in one repo', input: { repos: ['api'] } },
    { title: 'Go back one commit', input: { repos: ['api'], to: 'HEAD~1' } },
  ],
  plan: async () => (await import('./reset.ts')).planReset,
  conclude: async () => (await import('./conclude.ts')).concludeRepos,
});

export const repoClean = command({
  id: 'repo.clean',
  summary: 'Delete the untracked files of repos; undo brings them back',
  rerun: 'converge',
  effects: ['destructive'],
  input: z.object({
    repos: namedRepos(),
    all: all(),
    ignored: flag({ description: 'Ignored files too', short: 'x' }),
  }),
  output: results,
  examples: [{ title: 'Delete untracked files everywhere', input: { all: true } }],
  plan: async () => (await import('./clean.ts')).planClean,
  conclude: async () => (await import('./conclude.ts')).concludeRepos,
});

export const repoCheckout = command({
  id: 'repo.checkout',
  summary: 'Check out a branch, tag or commit in repos; local changes stay',
  rerun: 'converge',
  input: z.object({
    branch: field(z.string(), {
      description: 'Branch, here or on a remote; a tag or commit detaches HEAD',
      positional: true,
      completes: 'branch',
    }),
    repos: reposOption(),
    create: flag({ description: 'Create the branch', short: 'b' }),
    from: text({ description: 'Where a new branch begins; HEAD unless told', completes: 'branch' }),
  }),
  output: results,
  examples: [
    { title: 'Go to the main branch everywhere', input: { branch: 'main' } },
    { title: 'Begin a branch in one repo', input: { branch: 'topic', repos: ['api'], create: true } },
  ],
  plan: async () => (await import('./checkout.ts')).planCheckout,
  conclude: async () => (await import('./conclude.ts')).concludeRepos,
});

export const repoCommit = command({
  id: 'repo.commit',
  summary: 'Commit what is staged in repos, with one message; undo leaves it staged as it was',
  rerun: 'converge',
  input: z.object({
    message: field(z.string(), { description: 'What is changed and why', short: 'm' }),
    repos: reposOption(),
    all: flag({ description: 'Changed tracked files too', short: 'a' }),
  }),
  output: results,
  examples: [
    {
      title: 'Commit all changes of tracked files in one repo',
      input: { message: 'Correct the greeting', repos: ['api'], all: true },
    },
  ],
  plan: async () => (await import('./commit.ts')).planCommit,
  conclude: async () => (await import('./conclude.ts')).concludeRepos,
});

export const repoStash = command({
  id: 'repo.stash',
  summary: 'Put the changes of repos aside, or bring the newest back',
  rerun: 'once',
  input: z.object({
    repos: reposOption(),
    pop: flag({ description: 'Bring the newest back' }),
    untracked: flag({ description: 'Untracked files too', short: 'u' }),
    message: text({ description: 'What it is that is put aside', short: 'm' }),
  }),
  output: results,
  examples: [
    { title: 'Put all changes of one repo aside', input: { repos: ['api'], untracked: true } },
    { title: 'Bring them back', input: { repos: ['api'], pop: true } },
  ],
  plan: async () => (await import('./stash.ts')).planStash,
  conclude: async () => (await import('./conclude.ts')).concludeRepos,
});

export const repoTag = command({
  id: 'repo.tag',
  summary: 'Tag a commit in repos, or delete a tag',
  rerun: 'converge',
  input: z.object({
    name: field(z.string(), { description: 'Name of the tag', positional: true }),
    repos: reposOption(),
    message: text({ description: 'Makes an annotated tag that says this', short: 'm' }),
    at: text({ description: 'Branch, tag or commit; HEAD unless told', completes: 'branch' }),
    sign: flag({ description: 'Sign it with your key', short: 's' }),
    delete: flag({ description: 'Delete the tag here; undo brings it back', short: 'd' }),
  }),
  output: results,
  examples: [
    { title: 'Tag a version everywhere', input: { name: 'v1.2.0', message: 'Version 1.2.0' } },
    { title: 'Delete a tag in one repo', input: { name: 'v1.2.0', repos: ['api'], delete: true } },
  ],
  plan: async () => (await import('./tag.ts')).planTag,
  conclude: async () => (await import('./conclude.ts')).concludeRepos,
});
