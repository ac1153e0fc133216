import { readdir } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { gitDirectories, readText, symbolicHead } from '#engines/git/directory.ts';
import { git } from '#engines/git/run.ts';
import { absoluteUrl, withoutUser } from './url.ts';

/** So that a search from a home directory or a root ends. */
const MOST_DIRECTORIES = 20_000;

export interface Discovered {
  /** Relative to where the search began; `.` is that directory itself. */
  path: string;
  place: string;
}

/** The repositories in a directory and below it, in order; not inside of repositories, nor in what tools install. */
export async function discover(root: string, depth: number): Promise<Discovered[]> {
  const found: Discovered[] = [];
  let looked = 0;
  let level = [root];
  for (let below = 0; below <= depth && level.length > 0; below++) {
    const next: string[] = [];
    for (const place of level) {
      if (looked++ >= MOST_DIRECTORIES) return found;
      if (isRepo(place)) found.push({ path: relative(root, place) || '.', place });
      if (place === root || !gitDirectories(place)) next.push(...(await subdirectories(place)));
    }
    level = next;
  }
  return found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Linked worktrees and submodules belong to another repository. */
function isRepo(place: string): boolean {
  const directories = gitDirectories(place);
  return (
    directories !== undefined &&
    directories.own === directories.common &&
    !directories.own.includes('/.git/modules/')
  );
}

async function subdirectories(place: string): Promise<string[]> {
  const entries = await readdir(place, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .map((entry) => join(place, entry.name));
}

/** Where a repository came from, the remote `origin` first; nothing where it has no remote. */
export async function remoteUrl(context: Context, place: string): Promise<string | undefined> {
  const { stdout } = await git(context, {
    cwd: place,
    args: ['config', '--null', '--get-regexp', '^remote\\..*\\.url$'],
    mode: 'background',
    answers: [0, 1],
  });
  const urls = new Map(stdout.split('\0').map((entry) => entry.split('\n', 2) as [string, string]));
  const url = urls.get('remote.origin.url') ?? [...urls.values()][0];
  if (!url) return undefined;
  return absoluteUrl(withoutUser(url), place);
}

/** The branch that the remote names as its own, or the one that is checked out. */
export function defaultBranch(place: string): string | undefined {
  const directories = gitDirectories(place);
  if (!directories) return undefined;
  const remote = readText(join(directories.common, 'refs/remotes/origin/HEAD'));
  const named = /^ref: refs\/remotes\/origin\/(.+)\n?$/.exec(remote ?? '')?.[1];
  return named ?? symbolicHead(directories.own)?.replace('refs/heads/', '');
}

/** Last part of the path, or all of it where another repo has the same last part. */
export function namesOf(found: readonly Discovered[], taken: ReadonlySet<string>): Map<string, string> {
  const last = ({ place }: Discovered) => basename(place);
  const alike = Map.groupBy(found, last);
  return new Map(
    found.map((one) => {
      const isFree = alike.get(last(one))?.length === 1 && !taken.has(last(one));
      return [one.path, isFree ? last(one) : one.path];
    }),
  );
}
