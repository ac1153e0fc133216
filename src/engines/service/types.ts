import * as z from 'zod/mini';
import { field } from '#engines/core/fields.ts';
import { PROFILES } from './jos/artifact.ts';

export const profileSchema = z.enum(PROFILES);

export const checkSchema = z.object({
  check: field(z.string(), { description: 'What was looked at', column: 'CHECK' }),
  ok: field(z.boolean(), { description: 'Nothing is wrong with it', column: 'OK' }),
  detail: field(z.string(), { description: 'What was found', column: 'FOUND' }),
});

export type Check = z.infer<typeof checkSchema>;

export const findingSchema = z.object({
  line: field(z.number(), { description: 'Line of the file, from 1', column: 'LINE' }),
  column: field(z.number(), { description: 'Column of the line, from 1', column: 'COLUMN' }),
  path: field(z.string(), { description: 'Place in the artifact', column: 'WHERE' }),
  message: field(z.string(), { description: 'What is odd about it', column: 'WARNING' }),
});

export const validationSchema = z.object({
  artifact: field(z.string(), { description: 'Path of the file, absolute and without links' }),
  name: field(z.string(), { description: 'Its name' }),
  kind: field(z.string(), { description: 'What it is: an atom, a pipeline, a service and so on' }),
  generation: field(z.string(), { description: 'Generation of the format that it keeps to' }),
  sha256: field(z.string(), { description: 'SHA-256 of its bytes' }),
  checks: z.array(checkSchema),
  warnings: z.array(findingSchema),
});

export type Validation = z.infer<typeof validationSchema>;
