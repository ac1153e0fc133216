import { Hono } from 'hono';
import { store } from '#engines/store/store.ts';
import { exposedIn } from '#engines/trigger/task/exposed.ts';
import type { Telling } from '../app.ts';
import { refusal } from '../refusal.ts';
import { openToken } from '../token.ts';
import { cardOf } from './card.ts';
import { answerRpc, fault, type RpcRequest } from './rpc.ts';
import { cancelTask, getTask, sendTask } from './task.ts';

/** Where the newer and the older protocol look for it. */
const CARDS = ['/.well-known/agent-card.json', '/.well-known/agent.json'];

/** The older protocol and the newer one. */
const METHODS: Partial<Record<string, (request: RpcRequest, telling: Telling) => object | Promise<object>>> =
  {
    'tasks/send': sendTask,
    'message/send': sendTask,
    'tasks/get': getTask,
    'tasks/cancel': cancelTask,
  };

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
    return answerRpc(await req.text(), (request) => {
      const carryOut = METHODS[request.method];
      return carryOut ? carryOut(request, telling) : fault('method', 'There is no such method here.');
    });
  });

  return routes;
}
