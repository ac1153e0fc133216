import * as z from 'zod/mini';
import { jobFields } from '#engines/job/job.ts';

/** What happens to moments that passed while nobody was there. */
export const CATCH_UPS = ['none', 'one', 'all'] as const;

/** Everything that is needed to run it without whoever added it. */
export const definitionSchema = z.object({
  ...jobFields,
  cron: z.string(),
  /** By its name in the IANA database; null is that of the machine, wherever it goes. */
  zone: z.nullable(z.string()),
  catchUp: z.enum(CATCH_UPS),
});

export type Definition = z.infer<typeof definitionSchema>;
