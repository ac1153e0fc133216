import * as z from 'zod/mini';
import type { Context } from '#engines/core/context.ts';
import type { Gateway } from '../address.ts';
import type { Endpoint, Health, Inference, Model, Route } from '../types.ts';
import { type Asked, askGate, broken } from './ask.ts';

/** What a gateway answers, in the names of its contract; what else it says is left out. */
const health = z.object({
  status: z.string(),
  version: z.string(),
  uptime_secs: z.number(),
  model_count: z.number(),
});

const model = z.object({
  name: z.string(),
  format: z.string(),
  size_bytes: z.number(),
  registered_at: z.optional(z.nullable(z.string())),
  status: z.string(),
});

/** The last two are Gantry's own. */
const route = z.object({
  model: z.string(),
  endpoint: z.string(),
  active: z._default(z.boolean(), false),
  request_count: z._default(z.number(), 0),
  weight: z._default(z.number(), 1),
  fallback: z._default(z.boolean(), false),
});

const inference = z.object({
  model: z.string(),
  output: z.unknown(),
  latency_ms: z.number(),
  tokens_generated: z.optional(z.nullable(z.number())),
});

export const PATHS = {
  models: '/api/v1/models',
  model: (name: string) => `/api/v1/models/${encodeURIComponent(name)}`,
  routes: '/api/v1/routes',
  route: (name: string) => `/api/v1/routes/${encodeURIComponent(name)}`,
  inference: (name: string) => `/api/v1/inference/${encodeURIComponent(name)}`,
  logs: '/api/v1/logs',
} as const;

export async function healthOf(gateway: Gateway, context: Context): Promise<Health> {
  const { status, version, uptime_secs, model_count } = await asked(
    gateway,
    { path: '/health' },
    health,
    context,
  );
  return { status, version, uptime: uptime_secs, models: model_count };
}

export async function modelsOf(gateway: Gateway, context: Context): Promise<Model[]> {
  return (await asked(gateway, { path: PATHS.models }, z.array(model), context)).map(modelFrom);
}

/** A model as the answer to its registration has it. */
export function modelIn(data: unknown, gateway: Gateway): Model {
  const result = model.safeParse(data);
  if (result.success) return modelFrom(result.data);
  throw broken(gateway, { path: PATHS.models });
}

export async function removeModelAt(gateway: Gateway, name: string, context: Context): Promise<void> {
  await askGate(gateway, { method: 'DELETE', path: PATHS.model(name), model: name }, context);
}

export async function routesOf(gateway: Gateway, context: Context): Promise<Route[]> {
  const rows = await asked(gateway, { path: PATHS.routes }, z.array(route), context);
  return rows.map(({ request_count, ...rest }) => ({ ...rest, requests: request_count }));
}

/** In the place of what the model has, or beside it; what the contract does not know is said only where it is needed. */
export async function putRoute(
  gateway: Gateway,
  { model: name, beside, ...endpoint }: Endpoint & { model: string; beside: boolean },
  context: Context,
): Promise<void> {
  const body = {
    ...{ model: name, endpoint: endpoint.endpoint },
    ...(endpoint.weight === 1 ? {} : { weight: endpoint.weight }),
    ...(endpoint.fallback ? { fallback: true } : {}),
    ...(beside ? { beside: true } : {}),
  };
  await askGate(gateway, { method: 'PUT', path: PATHS.routes, body, model: name }, context);
}

/** Not every gateway can: the contract has no way to do that. */
export async function deleteRoute(gateway: Gateway, name: string, context: Context): Promise<void> {
  await askGate(gateway, { method: 'DELETE', path: PATHS.route(name), model: name }, context);
}

export async function inferAt(
  gateway: Gateway,
  { name, body }: { name: string; body: unknown },
  context: Context,
): Promise<Omit<Inference, 'roundTrip'>> {
  const posted: Asked = { method: 'POST', path: PATHS.inference(name), body, model: name };
  const { latency_ms, tokens_generated, ...rest } = await asked(gateway, posted, inference, context);
  return { ...rest, latency: latency_ms, tokens: tokens_generated ?? null };
}

function modelFrom({ size_bytes, registered_at, ...rest }: z.infer<typeof model>): Model {
  return { ...rest, size: size_bytes, registeredAt: registered_at ?? null };
}

async function asked<S extends z.ZodMiniType>(
  gateway: Gateway,
  question: Asked,
  schema: S,
  context: Context,
): Promise<z.output<S>> {
  const result = schema.safeParse(await askGate(gateway, question, context));
  if (result.success) return result.data;
  throw broken(gateway, question, result.error);
}
