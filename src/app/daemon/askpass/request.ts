import * as z from 'zod/mini';

/** Bytes of a prompt with what comes along. */
export const PROMPT_LIMIT = 64 * 1024;

const requestSchema = z.object({
  token: z.string(),
  prompt: z.string(),
  /** Process that asks: when it asks the same again, the answer was wrong. */
  asker: z.number(),
});

/** What the helper sends, in one line. */
export type AskpassRequest = z.infer<typeof requestSchema>;

export function parseRequest(line: string): AskpassRequest {
  return z.parse(requestSchema, JSON.parse(line));
}
