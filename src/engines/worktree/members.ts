import { existsSync } from 'node:fs';
import { type Administration, listAdministrations, realPlace } from '#engines/git/worktree/place.ts';
import type { Workspace, WorkspaceRepo } from '#engines/workspace/types.ts';
import { setOf, worktreePath } from './place.ts';

/** A linked worktree that git knows of. */
export interface Member {
  repo: WorkspaceRepo;
  /** Null where it was made by hand. */
  set: string | null;
  /** Absolute, as the workspace has it. */
  path: string;
  /** Its directory is there. */
  exists: boolean;
  administration: Administration;
}

/** Every linked worktree of a repo, without running git; one of which not even the path is known is left out. */
export function membersOf(workspace: Workspace, repo: WorkspaceRepo): Member[] {
  return listAdministrations(repo.path).flatMap((administration) => {
    const { worktree } = administration;
    // A repo of the workspace may be a linked worktree itself.
    if (worktree === null || realPlace(worktree) === realPlace(repo.path)) return [];
    const set = setOf(workspace, repo, worktree);
    const path = set === null ? worktree : worktreePath(workspace, set, repo);
    return [{ repo, set, path, exists: existsSync(worktree), administration }];
  });
}

/** Those of every repo of the workspace; repos that share what git keeps have them in common. */
export function allMembers(workspace: Workspace): Member[] {
  const places = new Set(workspace.repos.map(({ path }) => realPlace(path)));
  const members = workspace.repos.flatMap((repo) => membersOf(workspace, repo));
  const linked = members.filter(({ path }) => !places.has(realPlace(path)));
  return [...new Map(linked.toSorted(ownLast).map((member) => [member.path, member])).values()];
}

/** The repo to whose place in a set it is knows best whose it is. */
function ownLast(one: Member, other: Member): number {
  return Number(one.set !== null) - Number(other.set !== null);
}

/** What git knows to be at a path. */
export function memberAt(workspace: Workspace, repo: WorkspaceRepo, path: string): Member | undefined {
  const place = realPlace(path);
  return membersOf(workspace, repo).find((member) => realPlace(member.path) === place);
}

export function setsOf(workspace: Workspace): string[] {
  return [...new Set(allMembers(workspace).flatMap(({ set }) => set ?? []))].toSorted();
}
