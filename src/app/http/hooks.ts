import { Hono } from 'hono';
import { store } from '#engines/store/store.ts';
import { type DefinitionOf, isOn } from '#engines/trigger/definition.ts';
import type { Told } from '#engines/trigger/keep/triggers.ts';
import { triggers as records } from '#engines/trigger/records.ts';
import { isFrom, type Post, postEvent } from '#engines/trigger/webhook.ts';
import type { Telling } from './app.ts';
import { refusal } from './refusal.ts';
import { bearerIn } from './token.ts';

const SECOND = 1_000;

/** `POST /hooks/NAME`. A name that is unknown and a token that is wrong are one answer. */
export function hookRoutes({ context, paths, triggers }: Telling): Hono {
  const hooks = new Hono();

  function webhookNamed(name: string): DefinitionOf<'webhook'> | undefined {
    const known = records.find(context.use(store), name);
    return known && !known.paused && isOn(known.definition, 'webhook') ? known.definition : undefined;
  }

  hooks.post('/:name', async ({ req }) => {
    const post: Post = {
      bearer: bearerIn(req.header('authorization')),
      signature: req.header('x-hub-signature-256'),
      headers: req.raw.headers,
      query: new URL(req.url).searchParams,
      body: new Uint8Array(await req.arrayBuffer()),
    };
    const webhook = webhookNamed(req.param('name'));
    if (!isFrom(webhook, post, paths) || !webhook) {
      return refusal(404, 'hook-unknown', 'There is no such webhook, or this is not its token.');
    }
    return answerTo(triggers.happened(webhook.name, postEvent(webhook, post, paths)));
  });

  return hooks;
}

function answerTo(told: Told): Response {
  if ('run' in told) return Response.json({ run: told.run }, { status: 202 });
  if (told.again === undefined) return Response.json({ run: null, passed: told.why });
  const seconds = Math.ceil(told.again / SECOND);
  return refusal(429, 'hook-too-often', `Nothing was run: ${told.why}.`, { 'retry-after': String(seconds) });
}
