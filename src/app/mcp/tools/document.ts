import * as z from 'zod/mini';
import { targetSchema } from '#engines/activity/types.ts';
import type { Action } from '#engines/core/action.ts';
import { failureSchema } from '#engines/core/failure.ts';
import { field } from '#engines/core/fields.ts';

const effect = z.enum(['read', 'write', 'destructive', 'outward']);

const plan = z.object({
  action: z.string(),
  hash: field(z.string(), { description: 'Approves exactly this plan, as `plan` of the same call' }),
  needsApproval: field(z.boolean(), { description: 'Applied only when its hash is given' }),
  described: z.array(
    z.object({
      id: z.string(),
      target: targetSchema,
      calls: field(
        z.array(
          z.object({
            when: field(z.optional(z.string()), { description: 'The answer under which this one runs' }),
            effect,
            irreversible: z.optional(z.boolean()),
            summary: z.string(),
            commands: z.array(z.array(z.string())),
          }),
        ),
        { description: 'One, or the alternatives of a choice that is made when it is applied' },
      ),
    }),
  ),
  refused: z.array(z.object({ target: targetSchema, failure: failureSchema })),
  settled: z.array(z.object({ target: targetSchema, reason: z.string() })),
  steps: field(z.array(z.unknown()), { description: 'The steps as data' }),
});

const receipt = z.object({
  activity: field(z.string(), { description: 'Identifier, for `activity_show`, `undo` and `resume`' }),
  action: z.string(),
  plan: field(z.string(), { description: 'Hash of the plan' }),
  status: z.enum(['done', 'refused', 'failed', 'cancelled', 'interrupted', 'running']),
  steps: z.array(
    z.object({
      step: z.string(),
      target: targetSchema,
      status: z.enum(['done', 'skipped', 'refused', 'failed', 'cancelled', 'unknown', 'replan']),
      summary: z.string(),
      failure: z.optional(failureSchema),
      op: z.optional(z.string()),
      result: z.optional(z.unknown()),
      startedAt: field(z.number(), { description: 'Start', unit: 'milliseconds since the epoch' }),
      duration: field(z.number(), { description: 'Duration', unit: 'milliseconds' }),
    }),
  ),
});

const error = z.object({
  code: z.string(),
  message: field(z.string(), { description: 'What happened' }),
  meaning: field(z.optional(z.string()), { description: 'What it means' }),
  next: field(z.optional(z.array(z.string())), { description: 'What to try next, most likely first' }),
  details: z.optional(z.unknown()),
  exitCode: z.number(),
});

/** The document that an action answers with: the one of `--json`, and for a stream one page of its events. */
export function documentSchema(action: Action): z.ZodMiniObject {
  const head = {
    schemaVersion: z.literal(1),
    action: z.literal(action.id),
    ok: z.boolean(),
    error: z.optional(error),
  };
  if (action.kind !== 'command') return z.object({ ...head, data: z.optional(dataSchema(action)) });
  return z.object({
    ...head,
    data: z.optional(action.output ? z.nullable(action.output as z.ZodMiniType) : z.null()),
    plan: z.optional(plan),
    receipt: z.optional(receipt),
  });
}

/** What stands under `data`. */
export function dataSchema(action: Action): z.ZodMiniType {
  return action.kind === 'stream' ? pageSchema(action.event) : (action.output ?? z.unknown());
}

function pageSchema(event: z.ZodMiniType): z.ZodMiniObject {
  return z.object({
    events: z.array(event),
    cursor: field(z.nullable(z.string()), {
      description: 'Goes on behind the last of these events; null where the stream is over',
    }),
  });
}
