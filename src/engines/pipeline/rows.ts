import * as z from 'zod/mini';
import { field } from '#engines/core/fields.ts';

const OUTCOMES = ['succeeded', 'failed', 'running', 'unfinished', 'shown'] as const;

const runFields = {
  id: field(z.string(), { description: 'Identifier: its directory in ~/.jos/runs', column: 'RUN' }),
  name: field(z.string(), { description: 'Name of the artifact, without its ending', column: 'ARTIFACT' }),
  flow: field(z.nullable(z.string()), {
    description: 'Which of its flows; null where nobody wrote it down',
    column: 'FLOW',
  }),
  outcome: field(z.enum(OUTCOMES), {
    description: 'unfinished: whoever ran it is gone; shown: a dry run of another program',
    column: 'OUTCOME',
  }),
  steps: field(z.number(), { description: 'Steps that came to their end', column: 'STEPS' }),
  last: field(z.nullable(z.string()), { description: 'The step that was begun last', column: 'LAST' }),
  startedAt: field(z.number(), {
    description: 'Start',
    unit: 'milliseconds since the epoch',
    column: 'STARTED',
  }),
  duration: field(z.nullable(z.number()), {
    description: 'Null where it has no end',
    unit: 'milliseconds',
    column: 'TOOK',
  }),
  artifact: field(z.string(), { description: 'Path of the artifact' }),
  activity: field(z.nullable(z.string()), { description: 'The activity that it belongs to' }),
};

export const runRowSchema = z.object(runFields);

export type RunRow = z.infer<typeof runRowSchema>;

export const runDetailSchema = z.object({
  run: runRowSchema,
  events: z.array(
    z.object({
      at: field(z.nullable(z.number()), {
        description: 'When it happened',
        unit: 'milliseconds since the epoch',
        column: 'WHEN',
      }),
      type: field(z.string(), { description: 'What happened', column: 'EVENT' }),
      step: field(z.nullable(z.string()), { description: 'The step that it is about', column: 'STEP' }),
      said: field(z.nullable(z.string()), { description: 'What was said of it', column: 'SAID' }),
    }),
  ),
  output: z.array(
    z.object({
      step: field(z.string(), { description: 'Number and name of a step', column: 'OUTPUT OF' }),
      file: field(z.string(), { description: 'What it wrote', column: 'FILE' }),
      size: field(z.number(), { description: 'Size', unit: 'bytes', column: 'SIZE' }),
    }),
  ),
});

export type RunDetail = z.infer<typeof runDetailSchema>;

/** What a run comes to, for whoever started it. */
export const concludedSchema = z.object({
  run: field(z.nullable(z.string()), { description: 'Identifier of the run; null where nothing was begun' }),
  executed: field(z.number(), { description: 'Steps that came to their end' }),
  steps: z.array(
    z.object({
      step: field(z.string(), { description: 'The step, through the artifacts around it', column: 'STEP' }),
      run: field(z.nullable(z.string()), { description: 'Identifier of the run that it is of' }),
      status: field(z.string(), { description: 'How it ended', column: 'STATUS' }),
      said: field(z.string(), { description: 'What it ended with', column: 'SAID' }),
      attempts: field(z.number(), { description: 'How often it was tried' }),
      duration: field(z.number(), { description: 'How long it took', unit: 'milliseconds', column: 'TOOK' }),
    }),
  ),
});

export type Concluded = z.infer<typeof concludedSchema>;
