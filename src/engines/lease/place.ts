import type { Target } from '#engines/core/plan.ts';
import { realPlace } from '#engines/git/worktree/place.ts';

/** Where a lease covers a target: its own place, and that of the whole repo. */
export function placesOf({ path, repo }: Pick<Target, 'path' | 'repo'>): string[] {
  return [path, repo].flatMap((one) => (one === undefined ? [] : [realPlace(one)]));
}

/** `api`, or `the worktree of api in login`. */
export function placeWords(repo: string, set: string | null): string {
  return set === null ? repo : `the worktree of ${repo} in ${set}`;
}
