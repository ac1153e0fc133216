import * as z from 'zod/mini';
import { oid } from '../oid.ts';

/** A line of the stash's list, with everything that git wrote there. */
export const stashEntrySchema = z.object({
  oid: oid(),
  message: z.string(),
  name: z.string(),
  email: z.string(),
  /** Seconds since the epoch and the zone: `1767323045 +0000`. */
  date: z.string(),
});

export type StashEntry = z.infer<typeof stashEntrySchema>;
