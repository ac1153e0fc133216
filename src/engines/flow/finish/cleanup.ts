import { call } from '#engines/core/operation.ts';
import { quote } from '#engines/core/shell.ts';
import { gitBranchDelete, gitConfigEdit, gitRemoteDelete } from '#engines/git/operations.ts';
import type { Course } from '../course.ts';
import { flowError } from '../errors.ts';
import type { FlowState, LocalBranch } from '../state.ts';
import type { Finish } from './input.ts';

/** Refuses where the branch stays checked out: git does not delete it then. */
export async function requireLeavable(
  course: Course,
  state: FlowState,
  { branch, kind, name, leaving }: Finish,
): Promise<void> {
  const { repo, places, home } = state;
  const stays = places.find(({ target }) => course.at(target) === branch && !leaving.has(target.path ?? ''));
  if (!stays) return;
  const only = `--repos ${quote(repo.name)}`;
  // Nothing had to be merged, so nothing has led home away from it.
  if (stays.target.path === home.target.path) {
    const base = state.model.bases.get(branch) ?? state.model.develop;
    const elsewhere = places.find((place) => place !== home && place.branch === base);
    if (!elsewhere) {
      await course.bring(base);
      return;
    }
    throw flowError(
      'flow-branch-elsewhere',
      `${repo.name}: ${base} is checked out in ${elsewhere.target.path}, so ${branch} can't be left.`,
      {
        next: [
          `gantry flow ${kind} finish ${quote(name)} --keep ${only}`,
          `gantry done ${quote(name)} ${only}`,
        ],
      },
    );
  }
  throw flowError(
    'flow-branch-elsewhere',
    `${repo.name}: ${branch} is checked out in ${stays.target.path}.`,
    {
      next: [
        `gantry done ${quote(name)} ${only}`,
        `gantry flow ${kind} finish ${quote(name)} --keep ${only}`,
      ],
    },
  );
}

/** A published branch goes from its remote only with a finish that pushes: else its work would be in this clone alone. */
export function addCleanup(
  course: Course,
  state: FlowState,
  { branch, push, keepremote, keeplocal, moved }: Finish & { moved: boolean },
): void {
  const { model, branches, remotes, repo } = state;
  const target = state.places[0]?.target ?? state.home.target;
  const published = remotes.get(`${model.origin}/${branch}`);
  if (push && !keepremote && published !== undefined) {
    course.add(
      target,
      call(gitRemoteDelete, { remote: model.origin, ref: `refs/heads/${branch}`, oid: published }),
    );
  }
  if (keeplocal) return;
  const before = model.bases.get(branch);
  if (before !== undefined) {
    const edits = [{ key: `gitflow.branch.${branch}.base`, value: null, before }];
    course.add(target, call(gitConfigEdit, { edits }));
  }
  const { oid } = branches.get(branch) as LocalBranch;
  course.add({ ...target, name: repo.name }, call(gitBranchDelete, { branch, oid: moved ? null : oid }));
}
