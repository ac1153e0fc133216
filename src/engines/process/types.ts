import * as z from 'zod/mini';
import { field } from '#engines/core/fields.ts';
import { LEVELS } from './logs/types.ts';
import { specSchema } from './spec.ts';
import { exitSchema, PHASES } from './status.ts';

const moment = (description: string) =>
  field(z.nullable(z.number()), { description, unit: 'milliseconds since the epoch' });

/** A kept process as it is shown. */
export const processSchema = z.object({
  id: field(z.string(), { description: 'Name', column: 'PROCESS' }),
  kind: field(specSchema.shape.kind, { description: 'What it is there for', column: 'KIND' }),
  owner: field(z.string(), { description: 'What it is a part of' }),
  about: field(z.nullable(z.string()), { description: 'What it runs, in a word: an artifact, a model' }),
  workspace: field(z.nullable(z.string()), { description: 'Root of the workspace it was started in' }),
  phase: field(z.enum(PHASES), { description: 'Where it is', column: 'STATE' }),
  why: field(z.nullable(z.string()), { description: 'Why it is not running, or not ready' }),
  pid: field(z.nullable(z.number()), { description: 'Process identifier', column: 'PID' }),
  port: field(z.nullable(z.number()), { description: 'Port that it was given', column: 'PORT' }),
  restarts: field(z.number(), { description: 'Starts by the daemon itself', column: 'RESTARTS' }),
  cpu: field(z.nullable(z.number()), {
    description: 'Share of one processor; since its start where nobody watched it',
    unit: 'percent',
    column: 'CPU',
  }),
  memory: field(z.nullable(z.number()), {
    description: 'Resident memory of all its processes',
    unit: 'bytes',
    column: 'MEMORY',
  }),
  startedAt: moment('Start of the present run, or of the last one'),
  readyAt: moment('Since when it has been ready'),
  endedAt: moment('End of the last run'),
  exit: field(z.nullable(exitSchema), { description: 'How the last run ended' }),
  againAt: moment('When it is started again'),
  probed: field(z.nullable(z.object({ at: z.number(), ok: z.boolean(), said: z.string() })), {
    description: 'The last answer to its probe, and since when it gives it',
  }),
});

export type Process = z.infer<typeof processSchema>;

export const runSchema = z.object({
  run: field(z.string(), { description: 'The mark that is in the environment of all its processes' }),
  pid: field(z.nullable(z.number()), { description: 'Process identifier', column: 'PID' }),
  startedAt: field(z.number(), {
    description: 'Start',
    unit: 'milliseconds since the epoch',
    column: 'STARTED',
  }),
  endedAt: field(z.nullable(z.number()), {
    description: 'End',
    unit: 'milliseconds since the epoch',
    column: 'ENDED',
  }),
  exit: field(z.nullable(exitSchema), { description: 'How it ended', column: 'EXIT' }),
});

/** One process with all that is known of it, and no secrets. */
export const detailSchema = z.extend(processSchema, {
  spec: field(specSchema, { description: 'What it is started with' }),
  log: field(z.string(), { description: 'Directory of its log' }),
  runs: field(z.array(runSchema), { description: 'Its last runs, the newest first' }),
});

export type ProcessDetail = z.infer<typeof detailSchema>;

/** One line of a log. */
export const logEventSchema = z.object({
  process: field(z.string(), { description: 'Process that wrote it' }),
  at: field(z.nullable(z.number()), {
    description: 'When it was written; null where nobody can tell',
    unit: 'milliseconds since the epoch',
  }),
  approximate: field(z.boolean(), {
    description: 'The time is an estimate: nobody watched when it was written',
  }),
  offset: field(z.number(), { description: 'Position in the log, which it keeps' }),
  level: field(z.nullable(z.enum(LEVELS)), { description: 'How grave it is by what it says of itself' }),
  text: field(z.string(), { description: 'The line', column: 'LINE' }),
  message: field(z.optional(z.nullable(z.string())), {
    description: 'Its message where it is a JSON object',
  }),
  fields: field(z.optional(z.record(z.string(), z.unknown())), {
    description: 'What else is in that object',
  }),
});

export type LogEvent = z.infer<typeof logEventSchema>;
