import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import type { Target } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { switchArgs } from '../branch/argv.ts';
import { isOid } from '../branch/operations.ts';
import { splitNul } from '../bytes.ts';
import { gitDirectories, operationInProgress } from '../directory.ts';
import { gitError } from '../errors.ts';
import { placeOf } from '../observe.ts';
import { git } from '../run.ts';

/** Files that a merge could not put together, from the top of the worktree. */
export async function conflicted(context: Context, cwd: string): Promise<string[]> {
  const { stdout } = await git(context, {
    cwd,
    mode: 'read',
    args: ['diff', '--name-only', '--diff-filter=U', '-z', '--'],
  });
  return [...new Set(splitNul(stdout))];
}

/** A merge that somebody has begun is theirs to finish. */
export async function requireNoMerge(cwd: string, target: Target): Promise<void> {
  const own = gitDirectories(cwd)?.own;
  const operation = own === undefined ? null : operationInProgress(own);
  if (operation !== null) throw unfinished(target, operation);
}

export function unfinished(target: Target, operation: string): GantryError {
  const cwd = quote(placeOf(target));
  return gitError(
    'operation-unfinished',
    `${target.name}: a ${operation} is in progress in ${placeOf(target)}.`,
    {
      next: [
        `git -C ${cwd} status`,
        `git -C ${cwd} ${operation === 'bisect' ? 'bisect reset' : `${operation} --abort`}`,
      ],
    },
  );
}

/** Nothing but the merge goes, if git has begun one; a squash has none to abort, and what it staged is put back. */
export async function abortMerge(context: Context, target: Target, resets: boolean): Promise<void> {
  const cwd = placeOf(target);
  const own = gitDirectories(cwd)?.own;
  const hasBegun = own !== undefined && operationInProgress(own) === 'merge';
  if (!hasBegun && !resets) return;
  const args = hasBegun ? ['merge', '--abort'] : ['reset', '--quiet', '--merge'];
  await git(context, { cwd, mode: 'write', target: target.name, args });
}

/** To what was checked out before the plan switched, so that a repo that can't be merged is as it was. */
export async function goBack(
  context: Context,
  target: Target,
  { back }: { back: string | null },
): Promise<void> {
  if (back === null) return;
  await git(context, {
    cwd: placeOf(target),
    mode: 'write',
    target: target.name,
    args: switchArgs({ to: back, detached: isOid(back) }),
  });
}

interface Conflicting {
  name: string;
  /** Where it can be resolved beforehand, if that is not what is merged. */
  branch?: string;
  into: string;
  onConflict: 'abort' | 'leave';
}

export function mergeConflict(
  target: Target,
  { name, branch = name, into, onConflict }: Conflicting,
  { files }: { files: readonly string[] },
): GantryError {
  const cwd = quote(placeOf(target));
  const where = namesOf(files);
  const what = `${target.name}: ${name} does not merge into ${into}: conflicts in ${where}`;
  const details = { files: [...files] };
  if (onConflict === 'leave') {
    return gitError('merge-left', `${what}; the merge is left to be resolved.`, {
      next: [`git -C ${cwd} mergetool`, `git -C ${cwd} commit`, `git -C ${cwd} merge --abort`],
      details,
    });
  }
  return gitError('merge-conflict', `${what}.`, {
    next: [`git -C ${cwd} switch ${quote(branch)}`, `git -C ${cwd} merge ${quote(into)}`],
    details,
  });
}

function namesOf(files: readonly string[]): string {
  const shown = files.slice(0, 5).join(', ');
  return files.length > 5 ? `${shown} and ${files.length - 5} more` : shown;
}
