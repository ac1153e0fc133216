import { findCard } from '#app/registry/find.ts';
import { shellLine } from '#app/surface/line.ts';
import type { Plan } from '#engines/core/plan.ts';

/** The command that plans the same once more and changes nothing. */
export function againDry({ action, input }: Pick<Plan, 'action' | 'input'>): string {
  const card = findCard(action);
  const words = `gantry ${action.replaceAll('.', ' ')} --dry-run`;
  return card ? shellLine(card, { input: input as Record<string, unknown> }, ['--dry-run']) : words;
}
