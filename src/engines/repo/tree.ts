import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { BACKGROUND_OPTIONS } from '#engines/git/background.ts';
import { type GitDirectories, gitDirectories, readText } from '#engines/git/directory.ts';
import { parseGitmodules } from '#engines/git/gitmodules.ts';
import { gitShells } from '#engines/git/shells.ts';

/** Where a change of tracked files can show; all paths are absolute. */
export interface Tree {
  /** Directories with tracked files, the top among them; the top alone where there are too many. */
  directories: string[];
  /** Tracked files; none where there are too many directories. */
  files: string[];
  /** All of it can be watched. */
  whole: boolean;
}

/** Above this a repo is looked at from time to time instead of watched. */
const MOST_DIRECTORIES = 1000;
const MOST_FILES = 20_000;
const MOST_REFS = 200;

const LIST_ARGS = [...BACKGROUND_OPTIONS, 'ls-files', '-z', '--recurse-submodules'];

/** Submodules included. */
export async function readTree(context: Context, path: string, budget: number): Promise<Tree> {
  const { stdout, exitCode } = await context
    .use(gitShells)
    .run({ path, args: LIST_ARGS, budget, signal: context.signal });
  const files = stdout.split('\0').filter(Boolean);
  const directories = files.length > MOST_FILES ? [] : directoriesOf(files);
  const whole = exitCode === 0 && files.length <= MOST_FILES && directories.length <= MOST_DIRECTORIES;
  if (!whole) return { directories: [path], files: [], whole };
  return {
    directories: [path, ...directories.map((one) => join(path, one))],
    files: files.map((one) => join(path, one)),
    whole,
  };
}

/** Where git keeps HEAD, index and refs, of submodules too. */
export function gitPlaces(path: string): string[] {
  const directories = gitDirectories(path);
  return directories ? [...refDirectories(directories), ...submoduleGits(path)] : [];
}

/** Whether a file or directory has changed since, in milliseconds since the epoch. */
export function hasChangedSince(paths: readonly string[], since: number): boolean {
  return paths.some((path) => {
    const info: Stats | undefined = lstatSync(path, { throwIfNoEntry: false });
    return !info || info.ctimeMs >= since;
  });
}

function directoriesOf(files: readonly string[]): string[] {
  const found = new Set<string>();
  for (const file of files) {
    for (let at = dirname(file); at !== '.' && !found.has(at); at = dirname(at)) found.add(at);
  }
  return [...found];
}

/** The git directory and every directory of refs but those that nobody sees. */
function refDirectories({ own, common }: GitDirectories): string[] {
  const found = [...new Set([own, common])];
  const waiting = ['heads', 'remotes'].map((kind) => join(common, 'refs', kind));
  found.push(join(common, 'refs'));
  for (let next = waiting.pop(); next !== undefined && found.length < MOST_REFS; next = waiting.pop()) {
    found.push(next);
    waiting.push(...subdirectories(next));
  }
  return found;
}

function submoduleGits(path: string): string[] {
  const declared = parseGitmodules(readText(join(path, '.gitmodules')) ?? '');
  return declared.flatMap((submodule) => {
    const inside = join(path, submodule.path);
    const own = gitDirectories(inside)?.own;
    return own ? [own, ...submoduleGits(inside)] : [];
  });
}

/** None where it can't be read. */
export function subdirectories(directory: string): string[] {
  try {
    const entries = readdirSync(directory, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(directory, name));
  } catch {
    return [];
  }
}
