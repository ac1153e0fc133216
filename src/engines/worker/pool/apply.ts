import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { workerError } from '../errors.ts';
import type { Pool } from './find.ts';
import type { Wanted } from './generations.ts';
import { listPooled, spawnPooled, stopPooled } from './manager.ts';

export interface SpawnArgs {
  pool: Pool;
  wanted: Wanted;
  /** Milliseconds that it is waited for; 0: not at all. */
  within: number;
}

export interface StopArgs {
  pool: Pool;
  id: string;
}

/** Milliseconds between looks at a worker that is waited for. */
const LOOK_EVERY = 250;

/** Managers that give names themselves can't tell which worker it would have been. */
export async function checkPoolSpawn(
  { args: { pool, wanted } }: Application<SpawnArgs>,
  context: Context,
): Promise<Applied | 'unknown' | undefined> {
  if (pool.generation !== 'status') return 'unknown';
  const found = (await listPooled(pool, context)).some(({ id }) => id === wanted.id);
  return found ? applied(wanted.id) : undefined;
}

export async function applyPoolSpawn(
  { args: { pool, wanted, within } }: Application<SpawnArgs>,
  context: Context,
): Promise<Applied> {
  const id = await spawnPooled(pool, wanted, context);
  if (within > 0) await ready(pool, id, within, context);
  return applied(id);
}

export async function checkPoolStop(
  { args: { pool, id } }: Application<StopArgs>,
  context: Context,
): Promise<Applied | undefined> {
  const isThere = (await listPooled(pool, context)).some((worker) => worker.id === id);
  return isThere ? undefined : { summary: 'stopped' };
}

export async function applyPoolStop(
  { args: { pool, id } }: Application<StopArgs>,
  context: Context,
): Promise<Applied> {
  await stopPooled(pool, id, context);
  return { summary: 'stopped' };
}

function applied(id: string): Applied {
  return { summary: `${id} is with the pool manager`, result: { worker: id } };
}

async function ready(pool: Pool, id: string, within: number, context: Context): Promise<void> {
  const end = context.now() + within;
  for (;;) {
    const worker = (await listPooled(pool, context)).find((one) => one.id === id);
    if (worker?.state === 'running') return;
    const why = worker ? (worker.state === 'failed' ? 'has failed' : undefined) : 'is gone';
    if (why !== undefined || context.now() > end) throw notReady(pool, id, why ?? 'is not ready in time');
    await delay(LOOK_EVERY, undefined, { signal: context.signal });
  }
}

function notReady({ port }: Pool, id: string, why: string) {
  return workerError('pool-not-ready', `${id} ${why}, as the pool manager on port ${port} tells.`, {
    next: ['gantry worker list'],
    details: { port, worker: id },
  });
}
