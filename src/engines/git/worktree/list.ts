import type { Context } from '#engines/core/context.ts';
import { git } from '../run.ts';

export interface Worktree {
  /** Absolute. */
  path: string;
  /** Null in a bare repository. */
  head: string | null;
  /** Short name; null where HEAD is detached. */
  branch: string | null;
  bare: boolean;
  /** Why it must not be removed, possibly empty; null where it may. */
  locked: string | null;
  /** Why git would forget it, as its directory is gone; null where it would not. */
  prunable: string | null;
}

/** The main worktree first. */
export async function readWorktrees(context: Context, cwd: string): Promise<Worktree[]> {
  const { stdout } = await git(context, {
    cwd,
    mode: 'read',
    args: ['worktree', 'list', '--porcelain', '-z'],
  });
  return parseWorktrees(stdout);
}

export function parseWorktrees(output: string): Worktree[] {
  return output
    .split('\0\0')
    .filter(Boolean)
    .map((record) => worktreeFrom(record.split('\0')));
}

function worktreeFrom(lines: string[]): Worktree {
  const value = (key: string) => {
    const line = lines.find((one) => one === key || one.startsWith(`${key} `));
    return line === undefined ? null : line.slice(key.length + 1);
  };
  return {
    path: value('worktree') ?? '',
    head: value('HEAD'),
    branch: value('branch')?.replace(/^refs\/heads\//, '') ?? null,
    bare: value('bare') !== null,
    locked: value('locked'),
    prunable: value('prunable'),
  };
}
