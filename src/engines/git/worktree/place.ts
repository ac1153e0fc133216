import { readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Target } from '#engines/core/plan.ts';
import { gitDirectories, readText } from '../directory.ts';
import { placeOf } from '../observe.ts';

/** Where git works on the repository itself, whatever becomes of the worktree. */
export function mainOf(target: Target): string {
  return target.repo ?? placeOf(target);
}

/** What git keeps of one linked worktree. */
export interface Administration {
  /** Name of its directory. */
  id: string;
  /** Absolute path of its directory. */
  directory: string;
  /** Absolute path of the worktree; null where the file that says so is missing. */
  worktree: string | null;
  /** Why it must not be removed, possibly empty; null where it may. */
  locked: string | null;
}

/** Directory of everything that git keeps of the linked worktrees of a repository. */
export function administrationsOf(main: string): string {
  return join(gitDirectories(main)?.common ?? join(main, '.git'), 'worktrees');
}

/** Of every linked worktree, also of those that are gone; without running git. */
export function listAdministrations(main: string): Administration[] {
  const all = administrationsOf(main);
  return namesIn(all).map((id) => administrationAt(join(all, id)));
}

export function administrationAt(directory: string): Administration {
  const link = readText(join(directory, 'gitdir'))?.trimEnd();
  return {
    id: basename(directory),
    directory,
    worktree: link ? dirname(resolve(directory, link)) : null,
    locked: readText(join(directory, 'locked'))?.trimEnd() ?? null,
  };
}

/** A path as git writes it down: without links, as far as it exists. */
export function realPlace(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path === dirname(path) ? path : join(realPlace(dirname(path)), basename(path));
  }
}

/** git has begun to make it and has not come to the end. */
export function isHalfMade({ locked }: Administration): boolean {
  return locked === 'initializing';
}

function namesIn(directory: string): string[] {
  try {
    const entries = readdirSync(directory, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch {
    return [];
  }
}
