import { join, resolve } from 'node:path';
import { nearest } from '#engines/core/nearest.ts';
import type { Refusal, Target } from '#engines/core/plan.ts';
import { realPlace } from '#engines/git/worktree/place.ts';
import { nameProblem } from '#engines/workspace/names.ts';
import { selectRepos } from '#engines/workspace/read.ts';
import { presenceOf, splitByPresence } from '#engines/workspace/targets.ts';
import type { Workspace } from '#engines/workspace/types.ts';
import { leaseError } from './errors.ts';

/** What somebody can hold a lease on. */
export interface Place {
  /** Without links. */
  path: string;
  /** Root of the workspace, without links. */
  workspace: string;
  repo: string;
  /** Null of a whole repo. */
  set: string | null;
}

export interface Named {
  /** Of a repo, or of a worktree set where no repo has the name. */
  name: string;
  /** Only this repo of the set: then the name is that of a set. */
  repo?: string;
}

/** The repo of a name, or the worktrees of a set that are there. */
export async function placesNamed(
  workspace: Workspace,
  { name, repo }: Named,
): Promise<{ places: Place[]; refused: Refusal[] }> {
  const isRepo = repo === undefined && workspace.repos.some((one) => one.name === name);
  if (!isRepo) return { places: await placesOfSet(workspace, { name, repo }), refused: [] };
  const { present, refused } = await splitByPresence(selectRepos(workspace, [name]));
  return { places: present.map((one) => placed(workspace, one.name, one.path, null)), refused };
}

/** A lease is no part of the work on a repo: it has a place of its own among the targets. */
export function leaseTarget({ repo, path }: Pick<Place, 'repo' | 'path'>): Target {
  return { kind: 'store', name: repo, path };
}

async function placesOfSet(workspace: Workspace, { name, repo }: Named): Promise<Place[]> {
  const repos = selectRepos(workspace, repo === undefined ? [] : [repo]);
  const base = resolve(workspace.root, workspace.manifest.worktree.base_dir, name);
  const candidates =
    nameProblem(name) === undefined
      ? repos.map((one) => placed(workspace, one.name, join(base, one.localPath), name))
      : [];
  const presences = await Promise.all(candidates.map(({ path }) => presenceOf(path)));
  const places = candidates.filter((_, index) => presences[index] === 'cloned');
  if (places.length > 0) return places;
  throw unknown(workspace, { name, repo });
}

function placed({ root }: Workspace, repo: string, path: string, set: string | null): Place {
  return { path: realPlace(path), workspace: realPlace(root), repo, set };
}

function unknown({ repos }: Workspace, { name, repo }: Named) {
  const close = nearest(
    name,
    repos.map((one) => one.name),
  );
  const hint = close === undefined ? '' : ` Did you mean ${close}?`;
  const what =
    repo === undefined
      ? `There is no repo and no worktree set ${JSON.stringify(name)}.${hint}`
      : `There is no worktree of ${repo} in a set ${JSON.stringify(name)}.`;
  return leaseError('lease-target-unknown', what, {
    next: ['gantry workspace list', 'gantry worktree list'],
  });
}
