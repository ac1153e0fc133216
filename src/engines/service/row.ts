import * as z from 'zod/mini';
import { field } from '#engines/core/fields.ts';
import { judgedFields } from '#engines/process/joined/row.ts';
import { processSchema } from '#engines/process/types.ts';

/** From what needs a person to what is well. */
export const SERVICE_STATES = [
  'failed',
  'crash-loop',
  'unhealthy',
  'degraded',
  'starting',
  'stopping',
  'running',
  'exited',
  'stopped',
] as const;

const sum = (description: string, column: string, unit?: string) =>
  field(z.nullable(z.number()), { description, column, ...(unit ? { unit } : {}) });

/** A service as it is shown: its replicas taken together. */
export const serviceSchema = z.object({
  id: field(z.string(), { description: 'Name', column: 'SERVICE' }),
  state: field(z.enum(SERVICE_STATES), { description: 'What its replicas come to', column: 'STATE' }),
  why: field(z.nullable(z.string()), { description: 'Why it is not running' }),
  ready: field(z.number(), { description: 'Replicas that are ready', column: 'READY' }),
  replicas: field(z.number(), { description: 'Replicas that it is to have', column: 'OF' }),
  about: field(z.nullable(z.string()), { description: 'What it runs' }),
  artifact: field(z.nullable(z.string()), { description: 'Path of its artifact; null of a command' }),
  version: field(z.nullable(z.string()), { description: 'Version of its artifact', column: 'VERSION' }),
  environment: field(z.nullable(z.string()), {
    description: 'Set of variables that it runs with',
    column: 'ENV',
  }),
  port: field(z.nullable(z.number()), { description: 'Port of the first replica', column: 'PORT' }),
  restarts: field(z.number(), { description: 'Starts by the daemon itself', column: 'RESTARTS' }),
  cpu: sum('Share of one processor', 'CPU', 'percent'),
  memory: sum('Resident memory', 'MEMORY', 'bytes'),
  since: field(z.nullable(z.number()), {
    description: 'Since when it has been as it is',
    unit: 'milliseconds since the epoch',
    column: 'SINCE',
  }),
  processes: z.array(processSchema),
});

export type ServiceRow = z.infer<typeof serviceSchema>;
export type ServiceState = ServiceRow['state'];

export const healthSchema = z.object({
  process: field(z.string(), { description: 'Replica', column: 'REPLICA' }),
  ...judgedFields,
});

export const releaseSchema = z.object({
  number: field(z.number(), { description: 'Number', column: 'RELEASE' }),
  current: field(z.boolean(), { description: 'It is what is deployed', column: 'CURRENT' }),
  version: field(z.nullable(z.string()), { description: 'Version of its artifact', column: 'VERSION' }),
  artifact: field(z.nullable(z.string()), { description: 'Path of its artifact' }),
  sha256: field(z.nullable(z.string()), { description: 'SHA-256 of that artifact then' }),
  about: field(z.nullable(z.string()), { description: 'What it ran', column: 'RUNS' }),
  deployedAt: field(z.number(), {
    description: 'When it was deployed',
    unit: 'milliseconds since the epoch',
    column: 'DEPLOYED',
  }),
});

export type ReleaseRow = z.infer<typeof releaseSchema>;
