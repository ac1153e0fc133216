import * as z from 'zod/mini';
import type { ProcessRecord } from '#engines/process/records.ts';
import { DIALECTS } from './backend/template.ts';

/** What a worker is beyond a process: kept among the labels of its specification, so that undo brings it back with it. */
export const labelsSchema = z.object({
  backend: z.string(),
  gpu: z.coerce.number(),
  /** None where its program decides. */
  bind: z.optional(z.string()),
  dialect: z.enum(DIALECTS),
  /** What its program was given: a path, or a name that it knows; none where it was given nothing. */
  model: z.optional(z.string()),
  /** That it was started with. */
  bundle: z.optional(z.string()),
});

export type Labels = z.infer<typeof labelsSchema>;

export function labelsOf({ spec }: Pick<ProcessRecord, 'spec'>): Labels {
  return z.parse(labelsSchema, spec.labels);
}

/** Where it can be reached from this machine: what listens everywhere is asked by the loopback. */
export function hostOf(bind: string | undefined): string {
  if (bind === undefined || bind === '0.0.0.0') return '127.0.0.1';
  if (bind === '::') return '[::1]';
  return bind.includes(':') ? `[${bind}]` : bind;
}
