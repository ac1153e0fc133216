import * as z from 'zod/mini';
import { field, flag } from '#engines/core/fields.ts';
import { mcpError } from '../errors.ts';
import type { Given } from '../protocol/service.ts';

/** What every command takes beside its own input. */
const commandManner = z.object({
  dryRun: flag({ description: 'Show the plan with its hash and change nothing' }),
  plan: field(
    z.optional(
      z.string().check(z.regex(/^[0-9a-f]{12,64}$/, 'expected the hash that was shown with the plan')),
    ),
    { description: 'Hash of a plan that was shown: apply exactly that plan, or continue it' },
  ),
});

/** What every stream takes beside its own input. */
const streamManner = z.object({
  maxEvents: field(z._default(z.int().check(z.minimum(1), z.maximum(1_000)), 100), {
    description: 'How many events at the most',
  }),
  waitSeconds: field(z._default(z.number().check(z.minimum(0), z.maximum(60)), 0), {
    description: 'How long to wait where there is nothing yet; 0 returns what there is now',
    unit: 'seconds',
  }),
  cursor: field(z.optional(z.string()), {
    description:
      'Cursor of an earlier page of this tool: go on behind it; the input is then that of the first call',
  }),
});

/** What a surface adds to the input of an action, by the action's kind. */
export const MANNERS = { query: z.object({}), command: commandManner, stream: streamManner } as const;

/** The arguments that are the action's own. */
export function ownInput(kind: keyof typeof MANNERS, given: Given): Given {
  return Object.fromEntries(Object.entries(given).filter(([name]) => !isManner(kind, name)));
}

/** The arguments that are the surface's, defaults filled in. */
export function mannerOf<K extends keyof typeof MANNERS>(kind: K, given: Given) {
  const own = Object.entries(given).filter(([name]) => isManner(kind, name));
  const parsed = z.safeParse(MANNERS[kind] as (typeof MANNERS)[K], Object.fromEntries(own));
  if (!parsed.success) throw misfit(parsed.error);
  return parsed.data as z.output<(typeof MANNERS)[K]>;
}

function isManner(kind: keyof typeof MANNERS, name: string): boolean {
  return Object.hasOwn(MANNERS[kind].shape, name);
}

function misfit({ issues }: z.core.$ZodError) {
  const problems = issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  return mcpError('input-invalid', `${problems.join('; ')}.`);
}
