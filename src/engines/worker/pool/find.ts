import { readPoolSettings } from '#engines/config/early.ts';
import type { Context } from '#engines/core/context.ts';
import { lookAtPorts } from '#engines/process/port/listening.ts';
import type { Backend } from '../backend/template.ts';
import type { Generation } from './generations.ts';

/** A pool manager of somebody else's, on this machine. */
export interface Pool {
  port: number;
  generation: Generation;
}

/** What managers start: workers of llama-orch, by their backend. */
const BACKENDS: ReadonlySet<string> = new Set(['cpu', 'cuda', 'metal']);

/** The manager that a worker of that backend is left to. */
export async function poolFor(
  { name, origin }: Pick<Backend, 'name' | 'origin'>,
  context: Context,
): Promise<Pool | undefined> {
  return BACKENDS.has(name) && origin === 'shipped' ? findPool(context) : undefined;
}

/** Where nobody listens, that is known without asking. Throws `pool-denied`. */
export async function findPool(context: Context): Promise<Pool | undefined> {
  const port = await listeningPort(context);
  if (port === undefined) return undefined;
  const { poolAt } = await import('./detect.ts');
  return poolAt(port, context);
}

/** The port of pool managers, where somebody listens on it and may be asked. */
export async function listeningPort(context: Context): Promise<number | undefined> {
  const { 'pool.use': use, 'pool.port': port } = readPoolSettings(context);
  return use === 'never' || (await lookAtPorts().isFree(port)) ? undefined : port;
}

export function addressOf({ port }: Pool): string {
  return `http://127.0.0.1:${port}`;
}

export async function readPoolFact(
  { port }: { port: number },
  _: unknown,
  context: Context,
): Promise<string> {
  const pool = await findPool(context);
  return pool?.port === port ? pool.generation : 'none';
}
