import * as z from 'zod/mini';
import { type JobRecord, recordsIn } from '#engines/job/records.ts';
import type { Store } from '#engines/store/store.ts';
import { type Definition, definitionSchema } from './definition.ts';

/** How far a trigger has come. */
const progressSchema = z.object({
  /** When it was added, or resumed last, in milliseconds since the epoch: what it saw before does not count. */
  since: z.number(),
  /** When something happened last for which nothing was run, and why. */
  passed: z.nullable(z.object({ moment: z.number(), why: z.string() })),
});

export type Progress = z.infer<typeof progressSchema>;

export type Trigger = JobRecord<Definition, Progress>;

export const triggers = recordsIn('triggers', { definition: definitionSchema, progress: progressSchema });

/** Whether any trigger that is not paused is told by a request. Asked after each write, it reads one row at the most. */
export function isAnyRequested({ database }: Store): boolean {
  return (
    database
      .prepare(
        `SELECT 1 FROM triggers WHERE paused = 0 AND definition ->> '$.occasion.on' IN ('webhook', 'a2a') LIMIT 1`,
      )
      .get() !== undefined
  );
}
