import { Hono } from 'hono';
import type { Context } from '#engines/core/context.ts';
import { type Asking, askingFrom, PATHS } from '#engines/gate/relay/asking.ts';
import { knownModels } from '#engines/gate/relay/models.ts';
import { refuse } from '#engines/gate/relay/refusal.ts';
import { candidatesFor, type Relay } from '#engines/gate/relay/relay.ts';
import { jsonOf, limitJson } from './bodies.ts';
import type { Gate } from './gate.ts';
import { clientOf, streamOf } from './streams.ts';

/** What clients of OpenAI's API speak to. */
export function openaiRoutes(relay: Relay, context: Context): Gate {
  const gate: Gate = new Hono();

  function models() {
    const known = knownModels(relay.board(), context);
    return known.flatMap(({ name, registered_at: at }) => {
      const created = at === undefined ? Math.floor(relay.since / 1_000) : Math.floor(Date.parse(at) / 1_000);
      return isServed(name) ? [{ id: name, object: 'model', created, owned_by: 'gantry' }] : [];
    });
  }

  function isServed(name: string): boolean {
    try {
      return candidatesFor(relay.board(), name).length > 0;
    } catch {
      return false;
    }
  }

  gate.get('/v1/models', () => Response.json({ object: 'list', data: models() }));
  gate.get('/v1/models/:id', ({ req }) => {
    const found = models().find(({ id }) => id === req.param('id'));
    if (found) return Response.json(found);
    throw refuse(404, 'model-unknown', `No worker serves ${req.param('id')}.`);
  });
  for (const kind of Object.keys(PATHS) as Asking['kind'][]) {
    gate.post(PATHS[kind], limitJson, async (asked) => {
      const asking = askingFrom(kind, await jsonOf(asked.req.raw));
      const { status, type, body, backend } = await relay.answer(asking, clientOf(asked));
      const headers = { 'content-type': type, 'x-gantry-backend': backend };
      if (typeof body === 'string') return new Response(body, { status, headers });
      return new Response(streamOf(body), { status, headers: { ...headers, 'cache-control': 'no-store' } });
    });
  }
  return gate;
}
