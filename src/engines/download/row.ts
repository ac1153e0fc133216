import * as z from 'zod/mini';
import { failureSchema } from '#engines/core/failure.ts';
import { field } from '#engines/core/fields.ts';
import { PHASES, waitingSchema } from './types.ts';

/** One transfer as people see it. */
export const downloadSchema = z.object({
  id: field(z.string(), { description: 'Number, by which it is paused and resumed', column: 'ID' }),
  model: field(z.nullable(z.string()), {
    description: 'Model of a catalog that it belongs to',
    column: 'MODEL',
  }),
  repo: field(z.string(), { description: 'Repository on the hub' }),
  file: field(z.string(), { description: 'Path in the repository', column: 'FILE' }),
  path: field(z.string(), { description: 'Where it is once it is whole' }),
  phase: field(z.enum(PHASES), { description: 'What it is at', column: 'STATE' }),
  received: field(z.number(), { description: 'What has come', unit: 'bytes', column: 'RECEIVED' }),
  size: field(z.number(), { description: 'What there is', unit: 'bytes', column: 'SIZE' }),
  rate: field(z.number(), { description: 'What comes of late', unit: 'bytes per second', column: 'RATE' }),
  remaining: field(z.nullable(z.number()), {
    description: 'Until it is whole, at that rate',
    unit: 'milliseconds',
    column: 'LEFT',
  }),
  waiting: field(z.nullable(waitingSchema), { description: 'Why nothing comes' }),
  failure: field(z.nullable(failureSchema), { description: 'Why it has failed' }),
  why: field(z.string(), { description: 'The same, in words', column: 'WHY' }),
  notes: field(z.array(z.string()), { description: 'What happened on the way' }),
  sha256: field(z.nullable(z.string()), { description: 'Of the whole file' }),
  createdAt: field(z.number(), {
    description: 'When it was asked for',
    unit: 'milliseconds since the epoch',
  }),
  endedAt: field(z.nullable(z.number()), {
    description: 'When it ended',
    unit: 'milliseconds since the epoch',
  }),
});

export type DownloadRow = z.infer<typeof downloadSchema>;
