import type * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';

/** Says in English what is wrong with a value; `z.locales` would load zod's JSON schemas as well. */
export function inWords(issue: z.core.$ZodRawIssue) {
  return en().localeError(issue);
}
