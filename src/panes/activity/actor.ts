import type { Activity } from '#engines/activity/types.ts';

type Actor = Pick<Activity['actor'], 'name' | 'kind' | 'surface'>;

/** Who acts, in two words: an agent, a loop, a schedule or a trigger says what it is, a person and a script through what they act. */
export function actorWords({ name, kind, surface }: Actor): [name: string, what: string] {
  return [name, kind === 'human' || kind === 'script' ? surface : kind];
}
