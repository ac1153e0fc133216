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
  const { 'pool.use': use, 'pool.port': port } = readPoolSettings(context);
  if (use === 'never' || (await lookAtPorts().isFree(port))) return undefined;
  const { poolAt } = await import('./detect.ts');
  return poolAt(port, context);
}

export async function readPoolFact(
  { port }: { port: number },
  _: unknown,
  context: Context,
): Promise<string> {
  const pool = await findPool(context);
  return pool?.port === port ? pool.generation : 'none';
}
