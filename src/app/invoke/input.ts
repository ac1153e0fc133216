import * as z from 'zod/mini';
import type { Action } from '#engines/core/action.ts';
import { isRecord } from '#engines/core/json.ts';
import { nearest } from '#engines/core/nearest.ts';
import { invokeError } from './errors.ts';

/** The input as the action's schema has it, defaults filled in; a name that the schema does not know is an error. */
export async function parseInput(action: Action, input: unknown): Promise<unknown> {
  const given = input ?? {};
  refuseUnknownFields(action, given);
  const parsed = z.safeParse(action.input, given, { reportInput: true });
  if (parsed.success) return parsed.data;
  const { default: en } = await import('zod/v4/locales/en.js');
  const problems = parsed.error.issues.map((issue: z.core.$ZodIssue) => {
    const message = en().localeError(issue as never);
    return `${issue.path.join('.') || 'input'}: ${typeof message === 'string' ? message : message?.message}`;
  });
  throw invokeError('input-invalid', `${action.id}: ${problems.join('; ')}.`, { next: [help(action)] });
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
