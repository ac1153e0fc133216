import * as z from 'zod/mini';

/** A failure as it is stored, sent and shown. */
export const failureSchema = z.object({
  code: z.string(),
  exit: z.string(),
  message: z.string(),
  meaning: z.optional(z.string()),
  next: z.optional(z.array(z.string())),
  details: z.optional(z.record(z.string(), z.json())),
});
