import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { isRecord } from '#engines/core/json.ts';
import { workerError } from '../errors.ts';
import { textIn } from '../infer/json-lines.ts';
import { askPool, type Question, type Reply } from './ask.ts';
import type { Pool } from './find.ts';
import { type Pooled, SPEECH, spawnedSchema, type Wanted } from './generations.ts';
import { denied, isDenied, poolToken } from './token.ts';

/** Milliseconds for an answer; starting a worker may take its manager a while. */
const WITHIN = { list: 5_000, change: 60_000 };

/** Characters of a refusal that are told. */
const HEARD = 500;

const NOT_FOUND: ReadonlySet<number> = new Set([404, 405, 501]);

/** Throws `pool-denied`, `pool-refused`, `pool-broken`, `pool-unreachable`. */
export async function listPooled(pool: Pool, context: Context): Promise<Pooled[]> {
  const { path, workers } = SPEECH[pool.generation].list;
  const { body } = await well(pool, { path }, WITHIN.list, context);
  return workers(body) ?? failBroken(pool, path);
}

/** The name that the manager has given it. */
export async function spawnPooled(pool: Pool, wanted: Wanted, context: Context): Promise<string> {
  const { path, body } = SPEECH[pool.generation].spawn;
  const reply = await well(pool, { method: 'POST', path, body: body(wanted) }, WITHIN.change, context);
  const { worker_id, id } = spawnedSchema.safeParse(reply.body).data ?? {};
  // The generation that is told a name need not repeat it.
  const given = worker_id ?? id ?? (pool.generation === 'status' ? wanted.id : undefined);
  return given ?? failBroken(pool, path);
}

/** Throws also `pool-unable`: not every generation can stop workers. */
export async function stopPooled(pool: Pool, id: string, context: Context): Promise<void> {
  const { path } = SPEECH[pool.generation].stop;
  const question = { method: 'POST', path, body: { worker_id: id } } as const;
  const reply = await asked(pool, question, WITHIN.change, context);
  if (NOT_FOUND.has(reply.status)) {
    const worker = (await listPooled(pool, context)).find((one) => one.id === id);
    if (worker) throw unable(pool, worker);
    return;
  }
  if (reply.status >= 400) throw refused(pool, reply);
}

type Asked = Pick<Question, 'method' | 'path' | 'body'>;

async function well(pool: Pool, question: Asked, within: number, context: Context): Promise<Reply> {
  const reply = await asked(pool, question, within, context);
  if (reply.status >= 300) throw refused(pool, reply);
  return reply;
}

async function asked(pool: Pool, question: Asked, within: number, context: Context): Promise<Reply> {
  const token = poolToken(context);
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(within)]);
  const reply = await askPool({ ...question, port: pool.port, token, signal }).catch((thrown: Error) => {
    context.signal.throwIfAborted();
    throw unreachable(
      pool,
      signal.aborted ? `it did not answer within ${within} ms` : thrown.message,
      thrown,
    );
  });
  if (isDenied(reply)) throw denied(pool.port);
  return reply;
}

function refused(pool: Pool, { status, body }: Reply): GantryError {
  const said = reasonIn(body).slice(0, HEARD) || 'it says no more';
  return workerError('pool-refused', `The pool manager on port ${pool.port} answered ${status}: ${said}.`, {
    next: ['gantry worker list', 'gantry config set pool.use never'],
    details: { port: pool.port, status },
  });
}

/** Each generation wraps its refusals otherwise. */
function reasonIn(body: unknown): string {
  if (!isRecord(body)) return '';
  return textIn(isRecord(body.error) ? body.error.message : (body.error ?? body.message));
}

function unreachable(pool: Pool, reason: string, cause: unknown): GantryError {
  return workerError('pool-unreachable', `The pool manager on port ${pool.port}: ${reason}.`, {
    next: ['gantry worker list', 'gantry config set pool.use never'],
    cause,
  });
}

function failBroken({ port, generation }: Pool, path: string): never {
  throw workerError(
    'pool-broken',
    `The pool manager on port ${port} answers ${path} as none of its kind does.`,
    {
      next: [`curl http://127.0.0.1:${port}${path}`, 'gantry config set pool.use never'],
      details: { port, generation, path },
    },
  );
}

function unable({ port }: Pool, { id, pid }: Pooled): GantryError {
  return workerError('pool-unable', `The pool manager on port ${port} can not stop ${id}.`, {
    next: pid === null ? ['gantry worker list'] : [`kill ${pid}`],
    details: { port, worker: id },
  });
}
