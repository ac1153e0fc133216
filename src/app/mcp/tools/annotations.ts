import type { ActionCard } from '#app/registry/card.ts';
import type { Hints } from '../protocol/service.ts';

/** What a client may assume of a tool that it knows nothing else of. */
export function annotationsOf({ kind, rerun, network = false, effects = [] }: ActionCard): Hints {
  return {
    readOnlyHint: kind !== 'command',
    destructiveHint: effects.includes('destructive'),
    idempotentHint: kind !== 'command' || rerun === 'converge',
    openWorldHint: network || effects.includes('outward'),
  };
}
