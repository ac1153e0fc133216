import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { Context } from '#engines/core/context.ts';
import { inWords } from '#engines/core/issues.ts';
import { VERSION } from '#engines/daemon/version.ts';
import { inferenceFrom } from '#engines/gate/relay/asking.ts';
import { backendAt, isUrl, workersOf } from '#engines/gate/relay/board.ts';
import { keepModel, removeModel } from '#engines/gate/relay/keep.ts';
import type { Gauge } from '#engines/gate/relay/metrics.ts';
import { knownModels } from '#engines/gate/relay/models.ts';
import { boundaryIn } from '#engines/gate/relay/multipart.ts';
import { changeRoute } from '#engines/gate/relay/records.ts';
import { refuse } from '#engines/gate/relay/refusal.ts';
import type { Relay } from '#engines/gate/relay/relay.ts';
import { store } from '#engines/store/store.ts';
import { jsonOf, limitJson } from './bodies.ts';
import type { Gate } from './gate.ts';
import { outputIn } from './output.ts';
import { clientOf, patiently, signalOf, streamOf } from './streams.ts';

/** `PUT /api/v1/routes`: the first two are the contract's, the others Gantry's own. */
const routeSchema = z.object({
  model: z.string().check(z.minLength(1), z.maxLength(500)),
  endpoint: z.string().check(z.minLength(1), z.maxLength(2_000)),
  weight: z._default(z.int().check(z.minimum(1), z.maximum(1_000)), 1),
  fallback: z._default(z.boolean(), false),
  /** Not in the place of what the model has, but with it. */
  beside: z._default(z.boolean(), false),
});

const TEXT = { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' };
const EVENTS = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' };

/** Events that a listener who asks for no number is told of first. */
const TAIL = 100;

export function contractRoutes(relay: Relay, context: Context): Gate {
  const gate: Gate = new Hono();
  const opened = context.use(store);

  function routeRow(model: string, { endpoint, weight, fallback }: z.infer<typeof routeSchema>) {
    const backend = backendAt(relay.board(), endpoint);
    const active = backend !== undefined && !relay.balance.isResting(backend);
    return { model, endpoint, active, request_count: relay.requestsOf(model, endpoint), weight, fallback };
  }

  gate.get('/health', () => {
    const { workers } = relay.board();
    const phases = [...workers.values()].map(({ phase }) => phase);
    const isBroken = phases.some((phase) => ['unhealthy', 'failed', 'crash-loop', 'backoff'].includes(phase));
    const status = !phases.includes('running') ? 'unhealthy' : isBroken ? 'degraded' : 'healthy';
    const uptime_secs = Math.floor((context.now() - relay.since) / 1_000);
    const model_count = knownModels(relay.board(), context).length;
    return Response.json({ status, version: VERSION, uptime_secs, model_count });
  });

  gate.get('/metrics', () => new Response(relay.metrics.text(gaugesOf(relay, context)), { headers: TEXT }));

  gate.get('/api/v1/models', () => Response.json(knownModels(relay.board(), context)));
  gate.post('/api/v1/models', async ({ req, env }) => {
    const boundary = boundaryIn(req.header('content-type'));
    if (boundary === undefined || !req.raw.body)
      throw refuse(415, 'body-unfit', 'Expected multipart/form-data.');
    const length = Number(req.header('content-length') ?? Number.NaN);
    const chunks = patiently(req.raw.body, signalOf(env));
    const { name } = await keepModel(
      { chunks, boundary, ...(Number.isFinite(length) ? { length } : {}) },
      context,
    );
    relay.journal.write('info', 'model registered', { model: name });
    const model = knownModels(relay.board(), context).find((one) => one.name === name);
    return Response.json(model, { status: 201 });
  });
  gate.delete('/api/v1/models/:name', async ({ req }) => {
    const name = req.param('name');
    const known = knownModels(relay.board(), context);
    const worker = workersOf(relay.board(), name).find(({ backend }) => backend);
    if (worker?.backend)
      throw refuse(409, 'model-in-use', `${worker.backend.id} serves ${name}, and has to be stopped first.`);
    await removeModel(
      name,
      known.map((one) => one.name),
      context,
    );
    relay.journal.write('info', 'model removed', { model: name });
    return new Response(null, { status: 204 });
  });

  gate.get('/api/v1/routes', () => {
    const routes = [...relay.board().routes];
    return Response.json(
      routes.flatMap(([model, endpoints]) =>
        endpoints.map((one) => routeRow(model, { ...one, model, beside: false })),
      ),
    );
  });
  gate.put('/api/v1/routes', limitJson, async ({ req }) => {
    const result = routeSchema.safeParse(await jsonOf(req.raw), { error: inWords });
    if (!result.success) {
      const [issue] = result.error.issues;
      throw refuse(400, 'body-unfit', `${issue?.path.join('.')}: ${issue?.message}.`);
    }
    const { model, endpoint, weight, fallback, beside } = result.data;
    requireEndpoint(endpoint);
    const own = { endpoint, weight, fallback };
    changeRoute(opened, model, (before) => {
      if (!beside) return [own];
      const isThere = before.some((one) => one.endpoint === endpoint);
      return isThere ? before.map((one) => (one.endpoint === endpoint ? own : one)) : [...before, own];
    });
    relay.journal.write('info', 'route set', { model, ...own });
    return Response.json(routeRow(model, result.data));
  });
  gate.delete('/api/v1/routes/:model', async ({ req }) => {
    const model = req.param('model');
    const endpoint = req.query('endpoint');
    const route = relay.board().routes.get(model) ?? [];
    if (!route.some((one) => endpoint === undefined || one.endpoint === endpoint))
      throw refuse(404, 'route-unknown', `There is no such route of ${model}.`);
    changeRoute(opened, model, (before) =>
      endpoint === undefined ? [] : before.filter((one) => one.endpoint !== endpoint),
    );
    relay.journal.write('info', 'route removed', { model, ...(endpoint === undefined ? {} : { endpoint }) });
    return new Response(null, { status: 204 });
  });

  gate.post('/api/v1/inference/:model', limitJson, async (asked) => {
    const begun = context.now();
    const model = asked.req.param('model');
    const asking = inferenceFrom(model, await jsonOf(asked.req.raw));
    const { status, body, type } = await relay.answer(asking, clientOf(asked));
    const text = String(body);
    if (status >= 400) return new Response(text, { status, headers: { 'content-type': type } });
    const { output, tokens } = outputIn(text);
    return Response.json({
      ...{ model, output, latency_ms: context.now() - begun },
      ...(tokens === undefined ? {} : { tokens_generated: tokens }),
    });
  });

  gate.get('/api/v1/logs', ({ req, env }) => {
    const tail = Number(req.query('tail') ?? TAIL);
    const follow = req.query('follow') !== 'false';
    const wanted = { tail: Number.isInteger(tail) && tail >= 0 ? tail : TAIL, follow, signal: signalOf(env) };
    return new Response(streamOf(eventsOf(relay.journal.follow(wanted))), { headers: EVENTS });
  });

  /** A name of a worker, whether or not that is there yet. */
  function requireEndpoint(endpoint: string): void {
    const isName = /^[A-Za-z0-9][A-Za-z0-9._:-]*$/.test(endpoint);
    const isAddress = isUrl(endpoint) && URL.canParse(endpoint) && new URL(endpoint).username === '';
    if (isAddress || (isName && !endpoint.includes('://'))) return;
    throw refuse(400, 'body-unfit', 'endpoint: expected the name of a worker, or a URL.');
  }

  return gate;
}

async function* eventsOf(events: AsyncIterable<unknown>): AsyncGenerator<string> {
  // Headers are sent with the first bytes, and an event may be long in coming.
  yield ': begins\n\n';
  for await (const event of events) yield `data: ${JSON.stringify(event)}\n\n`;
}

function gaugesOf({ board, balance, since }: Relay, { now }: Context): Gauge[] {
  const workers = [...board().workers].flatMap(([worker, { backend }]): Gauge[] => [
    {
      name: 'gantry_gate_backend_up',
      labels: { backend: worker },
      value: backend && !balance.isResting(backend) ? 1 : 0,
    },
    {
      name: 'gantry_gate_active_requests',
      labels: { backend: worker },
      value: balance.activeOf(worker),
    },
  ]);
  const uptime = Math.floor((now() - since) / 1_000);
  return [...workers, { name: 'gantry_gate_uptime_seconds', labels: {}, value: uptime }];
}
