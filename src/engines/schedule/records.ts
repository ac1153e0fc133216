import * as z from 'zod/mini';
import { type JobRecord, recordsIn } from '#engines/job/records.ts';
import { stretchSchema } from './clock/stretches.ts';
import { type Definition, definitionSchema } from './definition.ts';

/** How far a schedule has come. */
const progressSchema = z.object({
  decided: z.array(stretchSchema),
  /** The start of the machine that it last knew of. */
  boot: z.nullable(z.string()),
  /** The newest moment at which nothing was run, and why. */
  passed: z.nullable(z.object({ moment: z.number(), why: z.string() })),
});

export type Progress = z.infer<typeof progressSchema>;

export type Schedule = JobRecord<Definition, Progress>;

export const schedules = recordsIn('schedules', { definition: definitionSchema, progress: progressSchema });
