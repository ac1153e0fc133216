import type { ActionCard } from '#app/registry/card.ts';
import { EXIT, type ExitClass } from '#engines/core/errors.ts';

/** The codes that an action can end with: those of its kind, and those of the errors that its code raises. */
export function exitCodes({ kind, needsWorkspace }: ActionCard, raised: readonly ExitClass[]): number[] {
  const classes = new Set<ExitClass>([
    ...(['ok', 'failed', 'usage', 'interrupted'] as const),
    ...(kind === 'command' ? (['approval'] as const) : []),
    ...(needsWorkspace ? (['workspace'] as const) : []),
    ...raised,
  ]);
  return [...classes].map((name) => EXIT[name]).sort((a, b) => a - b);
}
