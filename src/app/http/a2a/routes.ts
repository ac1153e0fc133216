import { Hono } from 'hono';
import { store } from '#engines/store/store.ts';
import { exposedIn } from '#engines/trigger/task/exposed.ts';
import type { Telling } from '../app.ts';
import { refusal } from '../refusal.ts';
import { openToken } from '../token.ts';
import { cardOf } from './card.ts';
import { answerWith, CODES, isFault, requestIn } from './rpc.ts';
import { getTask, sendTask } from './task.ts';

/** Where the newer and the older protocol look for it. */
const CARDS = ['/.well-known/agent-card.json', '/.well-known/agent.json'];

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
    const request = requestIn(await req.text());
    if (isFault(request)) return answerWith(null, request);
    switch (request.method) {
      case 'tasks/send':
      case 'message/send':
        return answerWith(request.id, await sendTask(request, telling));
      case 'tasks/get':
        return answerWith(request.id, getTask(request, telling));
      default:
        return answerWith(request.id, { code: CODES.method, message: 'There is no such method here.' });
    }
  });

  return routes;
}
