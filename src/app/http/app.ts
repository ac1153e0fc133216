import { Hono } from 'hono';
import type { Triggers } from '#engines/trigger/keep/triggers.ts';
import { a2aRoutes } from './a2a/routes.ts';
import { hookRoutes } from './hooks.ts';
import { refusal } from './refusal.ts';
import type { Serving } from './serving.ts';

export interface Telling extends Serving {
  triggers: Pick<Triggers, 'happened' | 'withdraw'>;
}

/** Through what the daemon is told: webhooks, and tasks of agents. */
export function openApp(telling: Telling): Hono {
  const app = new Hono();
  app.get('/health', (context) => context.json({ status: 'ok' }));
  app.route('/hooks', hookRoutes(telling));
  app.route('/', a2aRoutes(telling));
  app.notFound(() => refusal(404, 'not-found', 'There is nothing here.'));
  app.onError((thrown) => {
    throw thrown;
  });
  return app;
}
