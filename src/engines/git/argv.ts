import type { Target } from '#engines/core/plan.ts';
import { placeOf } from './observe.ts';

// What a step says that it runs and what it runs come from here: the arguments of git, without `git` itself.

export function cloneArgs(clone: { url: string; submodules: boolean }, target: Target): string[] {
  const recurse = clone.submodules ? ['--recurse-submodules'] : [];
  return ['clone', '--progress', ...recurse, '--', clone.url, unfinishedClone(target)];
}

/** A clone comes to its place in one move, once it is whole. */
export function unfinishedClone(target: Target): string {
  return `${placeOf(target)}.cloning`;
}

export function fetchArgs({ prune }: { prune: boolean }): string[] {
  return ['fetch', '--all', '--progress', ...(prune ? ['--prune'] : [])];
}

export function mergeArgs(): string[] {
  return ['merge', '--ff-only', '--no-overwrite-ignore', '--no-stat', '@{upstream}'];
}

export function moveArgs({ to }: { to: string }): string[] {
  return ['reset', '--keep', to, '--'];
}

export interface Push {
  /** The commit that was approved, whatever the branch is by then; null for what the plan itself made of it. */
  oid: string | null;
  remote: string;
  /** Full names: `refs/heads/main`. */
  local: string;
  upstream: string;
  setUpstream: boolean;
}

export function pushArgs({ oid, remote, local, upstream }: Omit<Push, 'setUpstream'>): string[] {
  return ['push', '--progress', '--end-of-options', remote, `${oid ?? local}:${upstream}`];
}

/** `push --set-upstream` knows branches only, and no commits. */
export function upstreamArgs({ remote, local, upstream, setUpstream }: Push): string[][] {
  if (!setUpstream) return [];
  const branch = `branch.${local.replace(/^refs\/heads\//, '')}`;
  return [
    ['config', '--', `${branch}.remote`, remote],
    ['config', '--', `${branch}.merge`, upstream],
  ];
}

export function resetArgs({ to }: { to: string }): string[] {
  return ['reset', '--hard', to, '--'];
}

/** Only those that are checked out, at any depth; in git's own way, whatever the configuration names. */
export function submoduleArgs(): string[] {
  return ['submodule', 'update', '--recursive', '--force', '--checkout'];
}

export interface Cleaning {
  /** From the top of the worktree; a directory ends with a slash. */
  paths: readonly string[];
  ignored: boolean;
}

/** Bytes of paths in one command: far below what any system takes. */
const LONGEST_COMMAND = 60_000;

/** As many commands as it takes. */
export function cleanArgs({ paths, ignored }: Cleaning): string[][] {
  const commands: string[][] = [];
  let length = LONGEST_COMMAND;
  for (const path of paths.map(literally)) {
    if (length >= LONGEST_COMMAND) {
      commands.push(['clean', '--force', '-d', ...(ignored ? ['-x'] : []), '--']);
      length = 0;
    }
    commands.at(-1)?.push(path);
    length += Buffer.byteLength(path) + 1;
  }
  return commands;
}

/** A pathspec that stands for exactly this path. */
function literally(path: string): string {
  return `:(top,literal)${path}`;
}
