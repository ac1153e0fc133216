import * as z from 'zod/mini';
import { failureSchema } from '#engines/core/failure.ts';
import { field } from '#engines/core/fields.ts';

export const actorSchema = z.object({
  kind: z.enum(['human', 'script', 'agent', 'loop', 'schedule', 'trigger']),
  name: z.string(),
  surface: z.enum(['screen', 'shell', 'mcp', 'http', 'daemon']),
  host: z.string(),
  pid: z.number(),
});

export const targetSchema = z.object({ kind: z.string(), name: z.string(), path: z.optional(z.string()) });

/** One command that somebody ran: the head of its journal. */
export const activitySchema = z.object({
  id: field(z.string(), { description: 'Identifier, for show, undo and resume', column: 'ID' }),
  action: field(z.string(), { description: 'Action that ran', column: 'ACTION' }),
  status: field(z.enum(['running', 'done', 'refused', 'failed', 'cancelled', 'interrupted']), {
    description:
      'refused: nothing failed, some targets were left as they were; interrupted: its process died, `resume` continues it',
    column: 'STATUS',
  }),
  summary: field(z.string(), { description: 'How many steps came out how', column: 'STEPS' }),
  who: field(z.string(), { description: 'Actor and surface', column: 'WHO' }),
  startedAt: field(z.number(), {
    description: 'Start',
    unit: 'milliseconds since the epoch',
    column: 'STARTED',
  }),
  duration: field(z.nullable(z.number()), {
    description: 'Null while it runs',
    unit: 'milliseconds',
    column: 'TOOK',
  }),
  workspace: field(z.nullable(z.string()), { description: 'Root of the workspace' }),
  actor: actorSchema,
  input: z.json(),
  plan: field(z.nullable(z.string()), { description: 'Hash of the plan' }),
  targets: field(z.array(z.string()), { description: 'Names of the targets' }),
  undoable: field(z.boolean(), { description: '`undo` can take it back' }),
  undoes: field(z.nullable(z.string()), { description: 'The activity that this one took back' }),
  undoneBy: field(z.nullable(z.string()), { description: 'The activity that took this one back' }),
  failure: z.nullable(failureSchema),
});

export type Activity = z.infer<typeof activitySchema>;

/** One step in the journal. */
export const journalStepSchema = z.object({
  step: field(z.string(), { description: 'Step of the plan', column: 'STEP' }),
  target: targetSchema,
  op: field(z.nullable(z.string()), { description: 'Operation that ran', column: 'OPERATION' }),
  status: field(z.string(), { description: 'What came of it', column: 'STATUS' }),
  summary: field(z.string(), { description: 'What it left', column: 'RESULT' }),
  commands: field(z.array(z.array(z.string())), { description: 'Commands as argument vectors' }),
  duration: field(z.nullable(z.number()), { description: 'Null while it runs', unit: 'milliseconds' }),
  failure: z.nullable(failureSchema),
});

export type JournalStep = z.infer<typeof journalStepSchema>;

/** What `activity.follow` tells, in the order in which it was written. */
export const activityEventSchema = z.object({
  event: field(z.enum(['started', 'step', 'ended']), { description: 'What happened', column: 'EVENT' }),
  activity: activitySchema,
  step: z.optional(journalStepSchema),
});

export type ActivityEvent = z.infer<typeof activityEventSchema>;
