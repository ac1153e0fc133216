import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where git keeps a repository; both are the same except in a linked worktree. */
export interface GitDirectories {
  /** HEAD, index and operations in progress of this worktree. */
  own: string;
  /** Refs and objects, shared by all worktrees. */
  common: string;
}

export type Operation = 'merge' | 'rebase' | 'am' | 'cherry-pick' | 'revert' | 'bisect';

/** The git directory of a worktree, reading gitfiles of submodules and linked worktrees; nothing where there is none. */
export function gitDirectories(worktree: string): GitDirectories | undefined {
  const entry = join(worktree, '.git');
  const info = statSync(entry, { throwIfNoEntry: false });
  if (!info) return undefined;
  if (info.isDirectory()) return { own: entry, common: entry };
  const own = /^gitdir: (.+?)\r?\n?$/.exec(readText(entry) ?? '')?.[1];
  if (own === undefined) return undefined;
  return directoriesFrom(resolve(worktree, own));
}

function directoriesFrom(own: string): GitDirectories {
  const common = readText(join(own, 'commondir'))?.trimEnd();
  return { own, common: common ? resolve(own, common) : own };
}

/** What a person has begun and not finished. */
export function operationInProgress(own: string): Operation | null {
  const entries = new Set(list(own));
  if (entries.has('rebase-merge')) return 'rebase';
  if (entries.has('rebase-apply')) return existsSync(join(own, 'rebase-apply', 'applying')) ? 'am' : 'rebase';
  if (entries.has('MERGE_HEAD')) return 'merge';
  if (entries.has('CHERRY_PICK_HEAD')) return 'cherry-pick';
  if (entries.has('REVERT_HEAD')) return 'revert';
  if (entries.has('sequencer')) return sequencer(own);
  return entries.has('BISECT_LOG') ? 'bisect' : null;
}

/** Several commits are picked or reverted, and the one that stopped was committed by hand. */
function sequencer(own: string): Operation | null {
  const todo = readText(join(own, 'sequencer', 'todo'));
  if (todo === undefined) return null;
  return todo.startsWith('revert') ? 'revert' : 'cherry-pick';
}

/** The ref that HEAD stands for, as HEAD itself says it; nothing where it is detached. */
export function symbolicHead(own: string): string | undefined {
  return /^ref: (refs\/.+?)\r?\n?$/.exec(readText(join(own, 'HEAD')) ?? '')?.[1];
}

export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
