import type { Context } from '#engines/core/context.ts';
import { causeOf, standingOf } from '#engines/process/joined/standing.ts';
import { type Answer, askUrl } from '#engines/process/probe/probe.ts';
import type { PoolWorker } from '../found.ts';
import type { WorkerHealth } from '../row.ts';

/** Milliseconds for an answer. */
const WITHIN = 2_000;

/** Asks workers of a pool manager at the addresses that it tells, besides what it asks them by itself. */
export function judgePooled(workers: readonly PoolWorker[], context: Context): Promise<WorkerHealth[]> {
  return Promise.all(workers.map(({ worker }) => judge(worker, context)));
}

async function judge(
  { id, uri, state: phase, port, model, why }: PoolWorker['worker'],
  context: Context,
): Promise<WorkerHealth> {
  const said = await answerOf(uri, context);
  const answer = { ...said, ok: said.ok && phase === 'running' };
  const seen = { row: { kind: 'worker', phase, why }, answer } as const;
  const standing = standingOf(seen);
  return {
    ...{ worker: id, ...answer, standing, phase, model, port, why: causeOf(seen, standing) ?? null },
    next: standing === 'red' ? 'gantry worker list' : null,
  };
}

async function answerOf(uri: string | null, { signal }: Context): Promise<Answer> {
  if (uri === null) return { ok: false, said: 'its manager does not tell where it listens' };
  return askUrl(new URL('/health', uri).href, { within: WITHIN, signal });
}
