import * as z from 'zod/mini';
import type { Action } from '#engines/core/action.ts';
import type { Actor } from '#engines/core/actor.ts';
import { isRecord } from '#engines/core/json.ts';
import { nearest } from '#engines/core/nearest.ts';
import { invokeError } from './errors.ts';

/**
 * The input as the action's schema has it, defaults filled in; a name that the schema does not know is an error. What
 * is wrong with it is said in the words of the surface.
 */
export async function parseInput(
  action: Action,
  input: unknown,
  surface: Actor['surface'],
): Promise<unknown> {
  const given = input ?? {};
  refuseUnknownFields(action, given);
  const parsed = z.safeParse(action.input, given, { reportInput: true });
  if (parsed.success) return parsed.data;
  const { problemsIn } = await import('./problems.ts');
  throw invokeError('input-invalid', problemsIn(action, parsed.error.issues, surface), {
    next: [help(action)],
  });
}

function refuseUnknownFields(action: Action, given: unknown): void {
  const known = Object.keys((action.input as z.ZodMiniObject).shape);
  const unknown = isRecord(given) ? Object.keys(given).find((name) => !known.includes(name)) : undefined;
  if (unknown === undefined) return;
  const meant = nearest(unknown, known);
  throw invokeError(
    'input-invalid',
    `${action.id} has no field "${unknown}"${meant ? `; did you mean "${meant}"?` : '.'}`,
    { next: [help(action)], details: { known } },
  );
}

function help(action: Action): string {
  return `gantry ${action.id.replaceAll('.', ' ')} --help`;
}
