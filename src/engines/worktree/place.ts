import { isAbsolute, join, normalize, relative, resolve, sep } from 'node:path';
import type { Target } from '#engines/core/plan.ts';
import { realPlace } from '#engines/git/worktree/place.ts';
import type { Workspace, WorkspaceRepo } from '#engines/workspace/types.ts';

/** The directory below which the sets are, absolute. */
export function baseOf({ root, manifest }: Workspace): string {
  return resolve(root, manifest.worktree.base_dir);
}

export function setPath(workspace: Workspace, set: string): string {
  return join(baseOf(workspace), set);
}

/** Where the worktree of a repo in a set is, or would be. */
export function worktreePath(workspace: Workspace, set: string, repo: WorkspaceRepo): string {
  return join(setPath(workspace, set), placeInSet(repo));
}

export function worktreeTarget({ name, path: main }: WorkspaceRepo, path: string): Target {
  return { kind: 'repo', name, path, repo: main };
}

/** The set that a worktree of a repo belongs to by its path; null where it belongs to none. */
export function setOf(workspace: Workspace, repo: WorkspaceRepo, path: string): string | null {
  const inside = relative(realPlace(baseOf(workspace)), realPlace(path));
  const end = `${sep}${placeInSet(repo)}`;
  if (isAbsolute(inside) || inside.startsWith('..') || !inside.endsWith(end)) return null;
  return inside.slice(0, -end.length) || null;
}

export function isInside(path: string, directory: string): boolean {
  return path.startsWith(`${directory}${sep}`);
}

/** The repo's own path below the root; its name where that would lead out of the set. */
function placeInSet({ name, localPath }: WorkspaceRepo): string {
  const path = normalize(localPath).replace(/\/+$/, '');
  return isAbsolute(path) || path === '.' || path.split(sep)[0] === '..' ? name : path;
}
