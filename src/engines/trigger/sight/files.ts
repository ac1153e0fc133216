import { type Dirent, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, matchesGlob, relative } from 'node:path';
import { stampPaths } from '#engines/repo/stamp.ts';
import type { OccasionOf } from '../definition.ts';
import type { Seen, Sight } from './sight.ts';

const MAGIC = /[*?[\]{}!()]/;

/** Directories that are watched for one trigger, and files that are looked at, at the most. */
const MOST_DIRECTORIES = 1_000;
const MOST_FILES = 10_000;

/** Directories that nobody means who does not name them. */
const OVERLOOKED: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/** The files that patterns match, by what `stat` tells of each. */
export function filesSight({ patterns }: OccasionOf<'file'>): Sight {
  let directories: string[] = [];

  function look(): Seen {
    const found = filesMatching(patterns);
    directories = found.directories;
    return Object.fromEntries(found.files.map((file) => [file, stampPaths([file])]));
  }

  return {
    look: async () => look(),
    places: () => directories,
    isNoise: () => false,
  };
}

interface Found {
  directories: string[];
  files: string[];
  /** There was more than can be watched. */
  isTooMuch: boolean;
}

/** Absolute patterns: a file, a directory with all that is in it, or a glob. */
export function filesMatching(patterns: readonly string[]): Found {
  const directories = new Set<string>();
  const files = new Set<string>();
  let isTooMuch = false;

  function walk(directory: string, given: string, { isDeep, matches }: Walk): void {
    if (directories.size >= MOST_DIRECTORIES || files.size >= MOST_FILES) {
      isTooMuch = true;
      return;
    }
    directories.add(directory);
    for (const entry of entriesOf(directory)) {
      const path = join(directory, entry.name);
      const isMeant = !OVERLOOKED.has(entry.name) || given.includes(`/${entry.name}/`);
      if (!entry.isDirectory()) {
        if (matches(path)) files.add(path);
      } else if (isDeep && isMeant) walk(path, given, { isDeep, matches });
    }
  }

  for (const given of patterns) {
    if (isDirectory(given)) {
      walk(given, given, { isDeep: true, matches: (path) => matchesGlob(relative(given, path), '**') });
      continue;
    }
    const base = baseOf(given);
    const isDeep = given.slice(base.length + 1).includes('/') || given.includes('**');
    // A name may have the signs of a pattern in it.
    walk(base, given, { isDeep, matches: (path) => path === given || matchesGlob(path, given) });
  }
  return { directories: [...directories], files: [...files], isTooMuch };
}

interface Walk {
  isDeep: boolean;
  matches(path: string): boolean;
}

/** The directory before the first part with a wildcard. */
export function baseOf(pattern: string): string {
  let base = dirname(pattern);
  if (!MAGIC.test(pattern)) return base;
  base = pattern;
  while (MAGIC.test(base) && base !== '/') base = dirname(base);
  return base;
}

export function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** `a.ts, b.ts and 3 more`. */
export function namesOf(paths: readonly string[], shown = 3): string {
  const names = paths.slice(0, shown).map((path) => basename(path));
  const more = paths.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}
