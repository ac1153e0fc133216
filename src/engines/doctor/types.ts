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
