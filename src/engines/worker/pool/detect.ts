import * as z from 'zod/mini';
import type { Context } from '#engines/core/context.ts';
import { askPool } from './ask.ts';
import type { Pool } from './find.ts';
import { type Generation, SPEECH } from './generations.ts';
import { OURS } from './ours.ts';
import { denied, isDenied, poolToken } from './token.ts';

/** Milliseconds that whoever listens there has to show what it is. */
const WITHIN = 3_000;

/** What managers answer to anybody. Gantry's own answer says whose it is. */
const hiveSchema = z.object({
  status: z.literal('alive'),
  api_version: z.literal('v1'),
  program: z.optional(z.string()),
});
const healthSchema = z.object({ status: z.literal('ok'), version: z.string() });

/** The manager that listens on a port; undefined of anything else, whatever it is. Throws `pool-denied`. */
export async function poolAt(port: number, context: Context): Promise<Pool | undefined> {
  const timeout = AbortSignal.timeout(WITHIN);
  try {
    const signal = AbortSignal.any([context.signal, timeout]);
    const generation = await generationAt(port, signal, context);
    return generation && { port, generation };
  } catch (thrown) {
    context.signal.throwIfAborted();
    if (thrown instanceof Error && 'failure' in thrown) throw thrown;
    if (timeout.aborted) context.report({ kind: 'note', text: silent(port) });
    return undefined;
  }
}

async function generationAt(
  port: number,
  signal: AbortSignal,
  context: Context,
): Promise<Generation | undefined> {
  const hive = hiveSchema.safeParse((await askPool({ port, path: '/v1/health', signal })).body);
  if (hive.success) return hive.data.program === OURS ? undefined : 'v1';
  const { body } = await askPool({ port, path: '/health', signal });
  // The token goes to nobody who has not said what it is.
  const isManager = healthSchema.safeParse(body).success;
  const token = isManager ? poolToken(context) : undefined;
  for (const generation of ['status', 'v2'] as const) {
    const { path, workers } = SPEECH[generation].list;
    const reply = await askPool({ port, path, token, signal });
    if (isManager && isDenied(reply)) throw denied(port);
    if (workers(reply.body)) return generation;
  }
  return undefined;
}

function silent(port: number): string {
  return `what listens on port ${port} does not answer; to leave it alone: gantry config set pool.use never`;
}
