import type { Context } from '#engines/core/context.ts';
import type { Target } from '#engines/core/plan.ts';
import { ask } from './ask.ts';
import { gitDirectories, operationInProgress } from './directory.ts';
import { placeOf } from './observe.ts';
import { type ChangedFile, type GitStatus, parseChanges, parseStatus } from './status.ts';

const UPSTREAM_ARGS = ['status', '--porcelain=v2', '-z', '--branch', '--untracked-files=all'];

export async function readUpstream(_: object, target: Target, context: Context): Promise<string> {
  const cwd = placeOf(target);
  const directories = gitDirectories(cwd);
  if (directories && operationInProgress(directories.own)) return 'busy';
  const { stdout } = await ask(context, { cwd, args: UPSTREAM_ARGS });
  const standing = standingOf(parseStatus(stdout));
  if (standing !== 'behind') return standing;
  return (await isInTheWay(context, cwd, parseChanges(stdout))) ? 'blocked' : 'behind';
}

function standingOf({ branch, head, upstream, upstreamGone, ahead, behind }: GitStatus): string {
  if (branch === null) return 'detached';
  if (upstream === null) return 'none';
  if (head === null) return 'unborn';
  if (upstreamGone) return 'gone';
  if (ahead > 0) return behind > 0 ? 'diverged' : 'ahead';
  return behind > 0 ? 'behind' : 'up-to-date';
}

/** Whether a fast-forward would touch what has changed here. */
async function isInTheWay(context: Context, cwd: string, changes: ChangedFile[]): Promise<boolean> {
  const changed = changes.filter((file) => !isSubmoduleOnly(file));
  if (changed.length === 0) return false;
  const { stdout } = await ask(context, {
    cwd,
    args: ['diff-tree', '-r', '-z', '--name-only', '--no-renames', 'HEAD', '@{upstream}', '--'],
  });
  const coming = stdout.split('\0').filter(Boolean);
  const paths = changed.flatMap(({ path, from }) => (from === undefined ? [path] : [path, from]));
  return overlap(coming, paths);
}

/** git leaves the working trees of submodules alone. */
function isSubmoduleOnly({ submodule, index }: ChangedFile): boolean {
  return submodule !== undefined && index === '.';
}

/** Whether a path of the one list is a path of the other, or lies below one. */
function overlap(some: string[], others: string[]): boolean {
  const inOthers = withParents(others);
  const inSome = withParents(some);
  return some.some((path) => inOthers.has(path)) || others.some((path) => inSome.has(path));
}

function withParents(paths: string[]): Set<string> {
  const all = new Set<string>();
  for (const path of paths) {
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) all.add(path.slice(0, end));
  }
  return all;
}
