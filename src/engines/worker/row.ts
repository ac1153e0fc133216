import * as z from 'zod/mini';
import { field } from '#engines/core/fields.ts';
import { judgedFields } from '#engines/process/joined/row.ts';
import { processSchema } from '#engines/process/types.ts';
import { DIALECTS, ORIGINS } from './backend/template.ts';

const { phase, why, pid, port, restarts, cpu, memory, startedAt, readyAt, exit, workspace } =
  processSchema.shape;

/** A worker as it is shown. */
export const workerSchema = z.object({
  id: field(z.string(), { description: 'Name', column: 'WORKER' }),
  backend: field(z.string(), { description: 'Template that it was started by', column: 'BACKEND' }),
  model: field(z.nullable(z.string()), { description: 'Model that it serves', column: 'MODEL' }),
  gpu: field(z.number(), { description: 'Index of its GPU', column: 'GPU' }),
  port,
  pid,
  state: field(z.clone(phase), { description: 'Where it is', column: 'STATE' }),
  why,
  startedAt: field(z.clone(startedAt), {
    description: 'Start of the present run, or of the last one',
    unit: 'milliseconds since the epoch',
    column: 'STARTED',
  }),
  readyAt,
  memory,
  cpu,
  restarts,
  exit,
  bind: field(z.nullable(z.string()), {
    description: 'Address that it was told to listen on; null where its program decides',
  }),
  dialect: field(z.enum(DIALECTS), { description: 'How it is asked to infer' }),
  workspace,
  pool: field(z.optional(z.string()), {
    description: 'Address of the pool manager that keeps it; absent where Gantry does',
    column: 'POOL',
  }),
});

export type WorkerRow = z.infer<typeof workerSchema>;

export const workerHealthSchema = z.object({
  worker: field(z.string(), { description: 'Name', column: 'WORKER' }),
  ...judgedFields,
  model: field(z.nullable(z.string()), { description: 'Model that it serves', column: 'MODEL' }),
});

export type WorkerHealth = z.infer<typeof workerHealthSchema>;

export const backendSchema = z.object({
  name: field(z.string(), { description: 'Name', column: 'BACKEND' }),
  origin: field(z.enum(ORIGINS), { description: 'Who brings it', column: 'ORIGIN' }),
  program: field(z.nullable(z.string()), {
    description: 'Its program, where it was found',
    column: 'PROGRAM',
  }),
  looksFor: field(z.array(z.string()), { description: 'Programs that are looked for, in that order' }),
  dialect: field(z.enum(DIALECTS), { description: 'How its workers are asked', column: 'DIALECT' }),
  health: field(z.string(), { description: 'How its workers are found to be ready', column: 'HEALTH' }),
});

export type BackendRow = z.infer<typeof backendSchema>;

export const inferEventSchema = z.object({
  event: field(z.enum(['token', 'end']), { description: 'A piece of the answer, or its end' }),
  token: field(z.string(), {
    description: 'The next piece of the answer; empty at its end',
    column: 'TOKEN',
  }),
  tokens: field(z.optional(z.number()), { description: 'Tokens of the whole answer, where it ended' }),
  milliseconds: field(z.optional(z.number()), { description: 'How long it took', unit: 'milliseconds' }),
  reason: field(z.optional(z.string()), { description: 'Why it ended, in the words of the worker' }),
});

export type InferEvent = z.infer<typeof inferEventSchema>;
