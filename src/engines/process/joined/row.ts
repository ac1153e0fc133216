import * as z from 'zod/mini';
import { field } from '#engines/core/fields.ts';
import { processSchema } from '../types.ts';

/**
 * `red` needs a person, `changing` is on its way by itself, `well` runs and answers; `resting` was stopped, or was to end
 * and has ended.
 */
export const STANDINGS = ['red', 'changing', 'well', 'resting'] as const;

export type Standing = (typeof STANDINGS)[number];

/** A process with all that tells how it is, and why. */
export const joinedSchema = z.object({
  id: field(z.string(), { description: 'Name', column: 'PROCESS' }),
  standing: field(z.enum(STANDINGS), { description: 'What it comes to', column: 'HEALTH' }),
  kind: processSchema.shape.kind,
  owner: field(z.string(), { description: 'Service that it is a replica of; else its own name' }),
  phase: field(z.clone(processSchema.shape.phase), { description: 'Where it is', column: 'STATE' }),
  model: field(z.nullable(z.string()), { description: 'Model that it serves', column: 'MODEL' }),
  pid: processSchema.shape.pid,
  port: field(z.nullable(z.number()), { description: 'Port that it was given', column: 'PORT' }),
  listener: field(z.nullable(z.string()), {
    description:
      'Who listens on that port: itself, nobody, or a program with its pid; null where it has none',
    column: 'LISTENS',
  }),
  probe: field(z.nullable(z.string()), { description: 'How it is asked', column: 'PROBE' }),
  said: field(z.string(), { description: 'What it answered just now', column: 'ANSWER' }),
  restarts: processSchema.shape.restarts,
  why: field(z.nullable(z.string()), {
    description: 'Why it is red, or what is odd about it',
    column: 'WHY',
  }),
  next: field(z.nullable(z.string()), { description: 'The command to try next', column: 'NEXT' }),
});

const { standing, phase, port, said, why, next } = joinedSchema.shape;

/** What a process that was asked by a noun of its own tells of itself. */
export const judgedFields = {
  ok: field(z.boolean(), { description: 'It is ready and answers' }),
  ...{ standing, phase, port, said, why, next },
};

export type JoinedHealth = z.infer<typeof joinedSchema>;
