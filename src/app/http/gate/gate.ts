import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { failureOf } from '#engines/core/errors.ts';
import { clearComing } from '#engines/gate/relay/keep.ts';
import { Refusal } from '#engines/gate/relay/refusal.ts';
import { openRelay } from '#engines/gate/relay/relay.ts';
import { refusal } from '../refusal.ts';
import type { Answering } from '../serve.ts';
import type { Serving } from '../serving.ts';
import { contractRoutes } from './contract.ts';
import { openaiRoutes } from './openai.ts';
import { onlyPrograms } from './programs.ts';

export type Gate = Hono<{ Bindings: HttpBindings }>;

/** The model gateway: the contract of ModelGate, and OpenAI's API, in front of the workers that are kept. */
export async function openGate({ context, log }: Serving): Promise<Answering> {
  await clearComing(context);
  const relay = openRelay(context);
  const gate: Gate = new Hono();
  gate.onError((thrown) => {
    if (thrown instanceof Refusal) return refusal(thrown.status, thrown.code, thrown.message);
    const { code, message } = failureOf(thrown);
    // Whoever has gone hears nothing of it.
    if (code === 'cancelled') return refusal(499, 'cancelled', 'The request was cancelled.');
    log('error', `gate: ${message}`);
    return refusal(500, 'unexpected', 'The request failed; the log of the daemon has why.');
  });
  gate.use(onlyPrograms);
  gate.route('/', contractRoutes(relay, context));
  gate.route('/', openaiRoutes(relay, context));
  gate.all('*', ({ req }) => refusal(404, 'path-unknown', `There is no ${req.method} ${req.path}.`));
  return { fetch: gate.fetch, leave: relay.leave };
}
