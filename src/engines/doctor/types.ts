import * as z from 'zod/mini';
import { field } from '#engines/core/fields.ts';

export const toolSchema = z.object({
  name: field(z.string(), { description: 'Name of the program', column: 'PROGRAM' }),
  version: field(z.nullable(z.string()), {
    description: 'What it says its version is; null where it is not installed or does not run',
    column: 'VERSION',
  }),
  problem: field(z.nullable(z.string()), { description: 'Why there is no version', column: 'PROBLEM' }),
});

export type Tool = z.infer<typeof toolSchema>;

/** One thing that was looked at. */
export const checkSchema = z.object({
  check: field(z.string(), { description: 'What was looked at', column: 'CHECK' }),
  ok: field(z.boolean(), { description: 'Whether it is as it should be', column: 'OK' }),
  detail: field(z.string(), { description: 'What was found, and what that means', column: 'FOUND' }),
  fix: field(z.nullable(z.string()), {
    description: 'The command that mends it; null where there is nothing to mend',
    column: 'FIX',
  }),
});

export type Check = z.infer<typeof checkSchema>;
