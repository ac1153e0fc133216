import type { Context } from '#engines/core/context.ts';
import { type BytePath, decodePath, splitNul } from '../bytes.ts';
import { git } from '../run.ts';

/** Untracked files of a worktree, ignored ones included, that patterns match; a repository inside of it is none. */
export async function listMatching(
  context: Context,
  cwd: string,
  patterns: readonly string[],
): Promise<BytePath[]> {
  if (patterns.length === 0) return [];
  const { stdout } = await git(context, {
    cwd,
    mode: 'background',
    encoding: 'latin1',
    args: ['ls-files', '-z', '--others', '--', ...patterns.map((pattern) => `:(top,glob)${pattern}`)],
  });
  return [...new Set(splitNul(stdout))].filter((path) => !path.endsWith('/'));
}

/** What git ignores in a worktree: whole directories end with a slash, and what is not UTF-8 is left out. */
export async function listIgnored(context: Context, cwd: string): Promise<string[]> {
  const { stdout } = await git(context, {
    cwd,
    mode: 'background',
    encoding: 'latin1',
    args: ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory'],
  });
  return splitNul(stdout).flatMap((path) => decodePath(path) ?? []);
}

/** Those of the directories that a rule names; of others a rule names only what is in them by now. */
export async function directoriesByRule(
  context: Context,
  cwd: string,
  directories: readonly string[],
): Promise<string[]> {
  if (directories.length === 0) return [];
  const { stdout } = await git(context, {
    cwd,
    mode: 'background',
    args: ['check-ignore', '-z', '--stdin'],
    input: directories.map((path) => `${path}\0`).join(''),
    answers: [0, 1],
  });
  const named = new Set(splitNul(stdout));
  return directories.filter((path) => named.has(path));
}
