import { basename, dirname } from 'node:path';
import { stringify } from 'smol-toml';
import { gitDirectories } from '#engines/git/directory.ts';
import { defaultBranch } from './discover.ts';
import { branchProblem, nameProblem } from './names.ts';

/** A repository that stands for itself: a workspace of one repo, whose manifest is in no file. */
export interface Lone {
  root: string;
  /** Of the workspace and of its repo. */
  name: string;
  manifest: string;
}

/** The repository at or above a directory; nothing where there is none. */
export function loneRepo(from: string): Lone | undefined {
  for (let directory = from; ; directory = dirname(directory)) {
    if (gitDirectories(directory)) return loneAt(directory);
    if (directory === dirname(directory)) return undefined;
  }
}

function loneAt(root: string): Lone {
  const own = basename(root);
  const name = nameProblem(own) ? 'repo' : own;
  const branch = defaultBranch(root);
  const usable = branch !== undefined && branchProblem(branch) === undefined;
  const repo = { name, path: '.', ...(usable ? { default_branch: branch } : {}) };
  return { root, name, manifest: stringify({ workspace: { name }, repos: [repo] }) };
}
