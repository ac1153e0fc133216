import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { type GitDirectories, gitDirectories } from '#engines/git/directory.ts';
import { resolveCommit } from '#engines/git/observe.ts';
import { readRefMap } from '#engines/git/refs.ts';
import { subdirectories } from '#engines/repo/tree.ts';
import type { OccasionOf } from '../definition.ts';
import type { Seen, Sight } from './sight.ts';

/** What git has where there is no commit. */
export const NO_COMMIT = '0'.repeat(40);

const MOST_PLACES = 500;

/** Entries of a git directory that tell of refs; what is below `refs` does so in any case. */
const TELLING: ReadonlySet<string> = new Set(['HEAD', 'packed-refs', 'refs', 'reftable']);

/** The refs of a repository that one is meant with, by their object ids. */
export function refsSight({ repo, ref }: OccasionOf<'git'>, context: Context): Sight {
  return {
    look: () => readRefs(context, repo, ref),
    places: () => placesOf(repo),
    isNoise: (directory, entry) => {
      const git = directoriesOf(repo);
      const isTop = directory === git?.own || directory === git?.common;
      return entry.endsWith('.lock') || (isTop && !TELLING.has(entry));
    },
  };
}

export async function readRefs(context: Context, repo: string, ref: string): Promise<Seen> {
  if (ref !== 'HEAD') return Object.fromEntries(await readRefMap(context, repo, ref));
  const head = await resolveCommit(context, repo, 'HEAD');
  return head === undefined ? {} : { HEAD: head };
}

/** Those of a worktree, or of a repository that has none. */
export function directoriesOf(repo: string): GitDirectories | undefined {
  const isBare = ['HEAD', 'objects', 'refs'].every((name) => existsSync(join(repo, name)));
  return gitDirectories(repo) ?? (isBare ? { own: repo, common: repo } : undefined);
}

function placesOf(repo: string): string[] {
  const git = directoriesOf(repo);
  if (!git) return [];
  const found = [...new Set([git.own, git.common, join(git.common, 'reftable')])].filter(existsSync);
  const waiting = [join(git.common, 'refs')];
  for (let next = waiting.pop(); next !== undefined && found.length < MOST_PLACES; next = waiting.pop()) {
    found.push(next);
    waiting.push(...subdirectories(next));
  }
  return found;
}
