import { matchesGlob } from 'node:path';
import type { ActionCard } from '#app/registry/card.ts';

/** `repo.status` as the name of a tool. */
export function toolName(id: string): string {
  return id.replaceAll('.', '_');
}

/** Whether a name, an id or a glob of either means this action. */
export function names(pattern: string, { id }: ActionCard): boolean {
  return matchesGlob(id, pattern) || matchesGlob(toolName(id), pattern);
}
