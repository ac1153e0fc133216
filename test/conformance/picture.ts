import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Repo } from '../rig/git.ts';
import { type Picture, pictureOf } from '../scenario/evidence.ts';
import type { Twin } from './twin.ts';

/** Everything in which two twins may not differ. Dates are pinned, so that object ids agree where contents do. */
export type Portrait = Picture & {
  config: string[];
  /** What git or git-flow would go on with: a merge, a rebase. */
  unfinished: Record<string, string>;
  worktrees: string[];
  origin: string[];
};

export const portraitOf = async ({ dir, repo, origin }: Twin): Promise<Portrait> => {
  const [picture, config, unfinished, worktrees, remote] = await Promise.all([
    pictureOf(repo),
    listed(repo, 'config', '--local', '--list', '-z'),
    unfinishedIn(repo),
    existsSync(repo.path('.git', 'worktrees')) ? listed(repo, 'worktree', 'list', '--porcelain', '-z') : [],
    existsSync(origin.dir) ? listed(origin, 'for-each-ref', '--format=%(objectname) %(refname)%00') : [],
  ]);
  const placeless = (lines: string[]) => lines.map((line) => line.replaceAll(dir, '<twin>'));
  return {
    ...picture,
    config: placeless(config).toSorted(),
    unfinished,
    worktrees: placeless(worktrees),
    origin: remote,
  };
};

/** The portrait with what its ids stand for, for whoever reads a difference. */
export const explained = async ({ repo }: Twin, portrait: Portrait) => ({
  ...portrait,
  commits: await listed(
    repo,
    'log',
    '-z',
    '--exclude=refs/gantry/*',
    '--all',
    '--topo-order',
    `--format=${COMMIT}`,
  ),
  tags: await listed(
    repo,
    'for-each-ref',
    '--format=%(refname:short) %(objecttype) %(contents)%00',
    'refs/tags',
  ),
});

const COMMIT = '%h, parents %p, tree %t, %B';

/** A merge stopped at a conflict, or a rebase that waits. */
export const isStopped = ({ index, unfinished }: Portrait): boolean =>
  index.some((entry) => !/ 0\t/.test(entry)) || 'rebase-merge/onto' in unfinished;

const UNFINISHED = [
  ...['MERGE_HEAD', 'MERGE_MSG', 'MERGE_MODE', 'SQUASH_MSG', 'CHERRY_PICK_HEAD', 'REVERT_HEAD'],
  ...['rebase-merge/head-name', 'rebase-merge/onto', 'rebase-merge/orig-head', 'rebase-merge/msgnum'],
  '.gitflow/MERGE_BASE',
];

const unfinishedIn = async (repo: Repo): Promise<Record<string, string>> => {
  const found: Record<string, string> = {};
  for (const name of UNFINISHED) {
    const path = repo.path('.git', name);
    if (existsSync(path)) found[name] = await readFile(path, 'utf8');
  }
  return found;
};

const listed = async (repo: Repo, ...args: string[]) => {
  const { stdout } = await repo.tryGit(...args);
  return stdout
    .split('\0')
    .map((entry) => entry.trim())
    .filter(Boolean);
};
