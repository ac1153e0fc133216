import * as z from 'zod/mini';
import { field } from '#engines/core/fields.ts';

/** One place that requests for a model go to. */
export const endpointSchema = z.object({
  /** Name of a worker, or the URL of a server that speaks as OpenAI does. */
  endpoint: z.string(),
  /** Its share among those that are no fallbacks. */
  weight: z.number(),
  /** It is asked where none of the others can be. */
  fallback: z.boolean(),
});

export type Endpoint = z.infer<typeof endpointSchema>;

export const healthSchema = z.object({
  status: field(z.string(), { description: 'healthy, degraded or unhealthy', column: 'STATUS' }),
  version: field(z.string(), { description: 'Version of the gateway', column: 'VERSION' }),
  uptime: field(z.number(), { description: 'Since when it serves', unit: 'seconds', column: 'UPTIME' }),
  models: field(z.number(), { description: 'Models that it knows', column: 'MODELS' }),
});

export type Health = z.infer<typeof healthSchema>;

export const modelSchema = z.object({
  name: field(z.string(), { description: 'Name', column: 'MODEL' }),
  format: field(z.string(), { description: 'Format of its file', column: 'FORMAT' }),
  size: field(z.number(), { description: 'Size', unit: 'bytes', column: 'SIZE' }),
  status: field(z.string(), { description: 'loaded, unloaded or error', column: 'STATUS' }),
  registeredAt: field(z.nullable(z.string()), {
    description: 'When the gateway was given it; null where it does not tell',
    column: 'REGISTERED',
  }),
});

export type Model = z.infer<typeof modelSchema>;

export const routeSchema = z.object({
  model: field(z.string(), { description: 'Model', column: 'MODEL' }),
  endpoint: field(z.string(), {
    description: 'Worker or address that its requests go to',
    column: 'ENDPOINT',
  }),
  active: field(z.boolean(), { description: 'It can be asked now', column: 'ACTIVE' }),
  requests: field(z.number(), {
    description: 'Requests that it has had since the gateway serves',
    column: 'REQUESTS',
  }),
  weight: field(z.number(), { description: 'Its share of the requests', column: 'WEIGHT' }),
  fallback: field(z.boolean(), {
    description: 'It is asked where none of the others can be',
    column: 'FALLBACK',
  }),
});

export type Route = z.infer<typeof routeSchema>;

export const inferenceSchema = z.object({
  model: field(z.string(), { description: 'Model that answered' }),
  output: field(z.unknown(), { description: 'What it answered' }),
  latency: field(z.number(), { description: 'How long the gateway took', unit: 'milliseconds' }),
  roundTrip: field(z.number(), { description: 'How long it took from here', unit: 'milliseconds' }),
  tokens: field(z.nullable(z.number()), {
    description: 'Tokens of the answer; null where the gateway does not tell',
  }),
});

export type Inference = z.infer<typeof inferenceSchema>;

export const gateEventSchema = z.object({
  timestamp: field(z.string(), { description: 'When', column: 'TIME' }),
  level: field(z.string(), { description: 'How grave', column: 'LEVEL' }),
  message: field(z.string(), { description: 'What happened', column: 'MESSAGE' }),
  fields: field(z.record(z.string(), z.unknown()), { description: 'Its particulars', column: 'FIELDS' }),
});

export type GateEvent = z.infer<typeof gateEventSchema>;

export const serverSchema = z.object({
  enabled: field(z.boolean(), { description: 'Whether the daemon is to serve one' }),
  port: field(z.number(), { description: 'Port of the loopback' }),
  listening: field(z.boolean(), { description: 'Whether it listens' }),
  problem: field(z.nullable(z.string()), { description: 'Why it does not, though it should' }),
});

export const statusSchema = z.object({
  url: field(z.string(), { description: 'Address of the gateway that is asked', column: 'URL' }),
  from: field(z.enum(['option', 'environment', 'workspace', 'setting', 'default']), {
    description: 'What says so',
  }),
  within: field(z.number(), { description: 'How long it may take to answer', unit: 'seconds' }),
  health: field(z.nullable(healthSchema), {
    description: 'What it says of itself; null where it says nothing',
  }),
  problem: field(z.nullable(z.string()), { description: 'Why it says nothing' }),
  server: field(serverSchema, { description: "The daemon's own gateway" }),
});

export type Status = z.infer<typeof statusSchema>;
