import type { Context } from '#engines/core/context.ts';
import { readStanding, standingWord } from '#engines/git/branch/standing.ts';
import type { Course } from '../course.ts';
import { type FlowState, placeOfBranch } from '../state.ts';
import { forward } from '../sync.ts';

/** Brings main up to what is known of the published one, and tells how the repo stands then. */
export async function forwardMain(context: Context, course: Course, state: FlowState): Promise<FlowState> {
  const { repo, model, branches, remotes, home } = state;
  const remote = `${model.origin}/${model.main}`;
  const theirs = remotes.get(remote);
  const own = branches.get(model.main);
  if (theirs === undefined || !own) return state;
  const standing = await readStanding(context, repo.path, {
    ref: `refs/heads/${model.main}`,
    against: `refs/remotes/${remote}`,
  });
  const step = forward(state, model.main, remote);
  if (standingWord(standing) !== 'behind' || 'status' in step) return state;
  course.add(placeOfBranch(state, model.main)?.target ?? home.target, step);
  return { ...state, branches: new Map([...branches, [model.main, { ...own, oid: theirs }]]) };
}
