import { hostname } from 'node:os';
import { Hono } from 'hono';
import { failureOf } from '#engines/core/errors.ts';
import { VERSION } from '#engines/daemon/version.ts';
import { keptWorkers } from '#engines/worker/named.ts';
import { OURS } from '#engines/worker/pool/ours.ts';
import { readGpus } from '#engines/worker/room/vram.ts';
import type { Answering } from '../serve.ts';
import type { Serving } from '../serving.ts';
import { openToken } from '../token.ts';
import { bodyOf, readySchema, spawnSchema, stopSchema } from './bodies.ts';
import { poolError } from './errors.ts';
import { refused } from './refuse.ts';
import { gpuShape, hiveShape, urlOf, workerShape } from './shapes.ts';
import { openWorkers } from './workers.ts';

/**
 * The API of pool managers: `/workers/…` and `/status` of llama-orch, and `/v1/…` of what came after it. Whoever brings no
 * token learns that it is there, and may say that a worker is ready.
 */
export function openPool(serving: Serving): Answering {
  const { context, paths, log } = serving;
  const token = openToken(paths, 'pool');
  const workers = openWorkers(serving);
  const app = new Hono();

  app.onError((thrown) => {
    const failure = failureOf(thrown);
    if (failure.code === 'unexpected') log('error', `pool API: ${failure.message}`);
    return refused(failure);
  });

  app.get('/health', () => Response.json({ status: 'ok', version: VERSION, program: OURS }));
  app.get('/v1/health', () =>
    Response.json({ status: 'alive', version: VERSION, api_version: 'v1', program: OURS }),
  );
  for (const path of ['/workers/ready', '/v1/workers/ready']) {
    app.post(path, async ({ req }) => {
      requireWaiting((await bodyOf(req.raw, readySchema)).worker_id);
      return Response.json({ message: 'heard' });
    });
  }

  app.use(async ({ req }, next) => {
    if (token.admits(req.header('authorization'))) return next();
    const message = 'The token is missing or wrong.';
    throw poolError('token-wrong', message, {
      next: [`the same with the token that stands in ${token.file}`],
    });
  });

  app.get('/status', async () => {
    const [kept, gpus] = await Promise.all([workers.list(), readGpus(context)]);
    return Response.json({
      node_id: hostname(),
      gpus: gpus.map((gpu) => gpuShape(gpu, kept)),
      workers: kept.map(workerShape),
    });
  });
  app.post('/workers/spawn', async ({ req }) => {
    const worker = await workers.spawn(await bodyOf(req.raw, spawnSchema));
    return Response.json({ worker_id: worker.id, ...workerShape(worker) });
  });
  app.get('/v1/workers/list', async () => Response.json({ workers: (await workers.list()).map(hiveShape) }));
  app.post('/v1/workers/spawn', async ({ req }) => {
    const worker = await workers.spawn(await bodyOf(req.raw, spawnSchema));
    const state = hiveShape(worker).state.toLowerCase();
    return Response.json({ worker_id: worker.id, url: urlOf(worker), state });
  });
  for (const path of ['/workers/stop', '/v1/workers/stop']) {
    app.post(path, async ({ req }) => {
      const { worker_id } = await bodyOf(req.raw, stopSchema);
      await workers.stop(worker_id);
      return Response.json({ worker_id, status: 'stopped' });
    });
  }
  app.all('*', ({ req }) => {
    throw poolError('path-unknown', `There is no ${req.method} ${req.path}.`);
  });

  /** Whether it serves is found by its probe: to have been heard is all that such a worker wants. */
  function requireWaiting(id: string): void {
    const isWaiting = keptWorkers(context).some(
      ({ spec, status }) => spec.name === id && status.phase === 'starting',
    );
    if (!isWaiting)
      throw poolError('worker-not-waiting', 'There is no such worker that is about to be ready.');
  }

  return app;
}
