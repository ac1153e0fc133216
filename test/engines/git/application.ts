import type { Application } from '../../../src/engines/core/operation.ts';
import type { Repo } from '../../rig/git.ts';

let activities = 0;

/** A call of an operation on a repository, as a step of an activity of its own. */
export function applied<A>(repo: Pick<Repo, 'dir'>, args: A, step = 'api/1'): Application<A> {
  activities += 1;
  const target = { kind: 'repo', name: 'api', path: repo.dir } as const;
  return { args, target, activity: String(activities), step };
}
