import type { Context } from '#engines/core/context.ts';

/** Nobody's name: names of holders end with their kind. */
export const NOBODY = 'nobody';

/**
 * Who holds what is leased here: `ada (human)`. Another is who has another name or is of another kind. Only a script can
 * give itself a name, by `as` or for all it runs by GANTRY_HOLDER; an agent has that of its client, a person that of
 * the login.
 */
export function holderOf({ actor, env }: Pick<Context, 'actor' | 'env'>, as?: string): string {
  const own = actor.kind === 'script' ? (as ?? env.GANTRY_HOLDER) : undefined;
  return `${own || actor.name} (${actor.kind})`;
}
