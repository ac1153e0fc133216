import { fact } from '#engines/core/fact.ts';

export * from './branch/facts.ts';
export * from './commit/facts.ts';
export * from './config/facts.ts';
export * from './submodule/facts.ts';
export * from './tag/facts.ts';
export * from './worktree/facts.ts';

const observe = () => import('./observe.ts');

/** Object id of HEAD's commit; `unborn` before the first one. */
export const gitHead = fact({
  id: 'git.head',
  label: () => 'the commit of HEAD',
  read: async () => (await observe()).readHead,
});

/** Name of the checked-out branch; `detached` where there is none. */
export const gitBranch = fact({
  id: 'git.branch',
  label: () => 'the checked-out branch',
  read: async () => (await observe()).readBranch,
});

/** Object id of a full ref name; `absent` where there is no such ref. */
export const gitRef = fact<{ ref: string }>({
  id: 'git.ref',
  label: ({ ref }) => `the commit of ${ref}`,
  read: async () => (await observe()).readRef,
});

/** Fingerprint of all refs: branches, tags, remote branches, the stash. */
export const gitRefs = fact({
  id: 'git.refs',
  label: () => 'the branches and tags',
  read: async () => (await observe()).readRefs,
});

/** `clean`, or a fingerprint of index, changed and untracked files and their contents, submodules included. */
export const gitChanges = fact({
  id: 'git.changes',
  label: () => 'the state of the working tree',
  read: async () => (await import('./changes.ts')).readChanges,
});

/** `none`, or a fingerprint of the untracked files and their contents; with `ignored` of the ignored ones too. */
export const gitUntracked = fact<{ ignored: boolean }>({
  id: 'git.untracked',
  label: ({ ignored }) => (ignored ? 'the untracked and ignored files' : 'the untracked files'),
  read: async () => (await import('./changes.ts')).readUntracked,
});

/**
 * How the branch stands to its upstream: `up-to-date`, `behind`, `ahead`, `diverged`, `none`, `gone`, `detached`,
 * `unborn`; `blocked`: behind, with local changes that a fast-forward would touch; `busy`: an operation is in progress.
 */
export const gitUpstream = fact({
  id: 'git.upstream',
  label: () => 'the branch against its upstream',
  read: async () => (await import('./upstream.ts')).readUpstream,
});

/** `kept`, or `gone` where a snapshot was deleted to make room. */
export const gitStored = fact<{ oid: string }>({
  id: 'git.stored',
  label: ({ oid }) => `the snapshot ${oid.slice(0, 10)}`,
  read: async () => (await import('./snapshot-read.ts')).readStoredFact,
});

/** A fingerprint of configuration, hooks and excludes, which are in no commit. */
export const gitSettings = fact({
  id: 'git.settings',
  label: () => 'the configuration and the hooks',
  read: async () => (await import('./settings.ts')).readSettingsFact,
});

/** `cloned`, `absent` (nothing or an empty directory is there) or `occupied` (something else is). */
export const gitExists = fact({
  id: 'git.exists',
  label: () => 'what is at the path',
  read: async () => (await observe()).readExists,
});
