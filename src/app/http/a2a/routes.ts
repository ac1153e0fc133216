import { Hono } from 'hono';
import type { Run } from '#engines/job/runs.ts';
import { store } from '#engines/store/store.ts';
import { exposedIn } from '#engines/trigger/task/exposed.ts';
import type { Telling } from '../app.ts';
import { refusal } from '../refusal.ts';
import { openToken } from '../token.ts';
import { cardOf } from './card.ts';
import { answerRpc, fault, type RpcFault, type RpcRequest, saidIn } from './rpc.ts';
import { streamOf } from './stream.ts';
import { beginTask, cancelTask, findTask, getTask, sendTask } from './task.ts';

/** Where the newer and the older protocol look for it. */
const CARDS = ['/.well-known/agent-card.json', '/.well-known/agent.json'];

/** The older protocol and the newer one. */
const METHODS = new Map<string, (request: RpcRequest, telling: Telling) => object | Promise<object>>([
  ['tasks/send', sendTask],
  ['message/send', sendTask],
  ['tasks/get', getTask],
  ['tasks/cancel', cancelTask],
]);

/** Calls that are answered as long as their task goes on; by themselves, as no batch could be. */
const STREAMS = new Map<string, (request: RpcRequest, telling: Telling) => Run | RpcFault>([
  ['tasks/sendSubscribe', beginTask],
  ['message/stream', beginTask],
  ['tasks/resubscribe', findTask],
]);

/** Agents find here what was exposed to them, and have it run. */
export function a2aRoutes(telling: Telling): Hono {
  const routes = new Hono();
  const token = openToken(telling.paths, 'http');
  const opened = telling.context.use(store);

  routes.on('GET', CARDS, ({ req }) => {
    const exposed = exposedIn(opened);
    if (exposed.length === 0) return refusal(404, 'nothing-exposed', 'No artifact is exposed here.');
    return Response.json(cardOf(exposed, new URL(req.url).origin));
  });

  routes.post('/a2a', async ({ req }) => {
    if (!token.admits(req.header('authorization'))) {
      const headers = { 'www-authenticate': 'Bearer' };
      return refusal(401, 'token-wrong', 'A task needs the token of this server.', headers);
    }
    const said = saidIn(await req.text());
    const stream = 'method' in said ? STREAMS.get(said.method) : undefined;
    if (stream && 'method' in said) {
      return streamOf(said, stream(said, telling), { telling, signal: req.raw.signal });
    }
    return answerRpc(said, (request) => {
      const carryOut = METHODS.get(request.method);
      return carryOut ? carryOut(request, telling) : fault('method', 'There is no such method here.');
    });
  });

  return routes;
}
