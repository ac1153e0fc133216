import type { Context } from '#engines/core/context.ts';
import { quote } from '#engines/core/shell.ts';
import type { ProcessRecord } from '#engines/process/records.ts';
import type { Template } from '../backend/template.ts';
import { workerError } from '../errors.ts';
import { findWorkers, type PoolWorker } from '../found.ts';
import { hostOf, labelsOf } from '../labels.ts';
import type { Pool } from '../pool/find.ts';
import type { InferEvent } from '../row.ts';
import type { Asked, Dialect } from './dialect.ts';
import { post } from './post.ts';
import { promptFrom } from './prompt.ts';

export interface InferInput extends Omit<Asked, 'prompt' | 'model'> {
  name: string;
  prompt?: string;
  promptFile?: string;
}

/** What a worker answers, as it comes; ends quietly when it is cancelled. */
export async function* infer(input: InferInput, context: Context): AsyncGenerator<InferEvent> {
  const { origin, model, dialect } = await reach(input.name, context);
  const { signal } = context;
  try {
    const asked: Asked = { ...input, model, prompt: await promptFrom(input, context) };
    const url = `${origin}${dialect.path(asked)}`;
    yield* told(dialect.read(post({ url, body: dialect.body(asked), signal })), context);
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  }
}

/** How a worker is asked, whoever keeps it. */
interface Reach {
  origin: string;
  model: string;
  dialect: Dialect;
}

/** Throws `worker-unknown`, `worker-not-ready`, `dialect-none`. */
async function reach(name: string, context: Context): Promise<Reach> {
  const { own, theirs } = await findWorkers(context, [name]);
  const [pooled] = theirs;
  if (pooled) return reachPooled(pooled);
  const worker = own[0] as ProcessRecord;
  const { bind, model = '', dialect: spoken } = labelsOf(worker);
  const dialect = await dialectOf(worker.spec.name, spoken);
  requireReady({ name: worker.spec.name, ...worker.status });
  return { origin: `http://${hostOf(bind)}:${worker.spec.port}`, model, dialect };
}

/** Managers keep workers of llama-orch and nothing else. */
async function reachPooled({ pool, worker: { id, uri, state, why } }: PoolWorker): Promise<Reach> {
  requireReady({ name: id, phase: state, why, pool });
  if (uri !== null) return { origin: uri, model: '', dialect: (await import('./candled.ts')).candled };
  throw workerError(
    'worker-not-ready',
    `The pool manager on port ${pool.port} does not tell where ${id} listens.`,
    {
      next: ['gantry worker list'],
    },
  );
}

async function* told(answer: ReturnType<Dialect['read']>, { now }: Context): AsyncGenerator<InferEvent> {
  const begun = now();
  let count = 0;
  for await (const said of answer) {
    if ('token' in said) {
      count += 1;
      yield { event: 'token', token: said.token };
      continue;
    }
    const { tokens = count, milliseconds = now() - begun, reason } = said.end;
    yield { event: 'end', token: '', tokens, milliseconds, ...(reason === undefined ? {} : { reason }) };
    return;
  }
  throw workerError('inference-failed', `The answer broke off after ${count} tokens.`, {
    next: ['gantry worker health'],
  });
}

async function dialectOf(name: string, spoken: Template['dialect']): Promise<Dialect> {
  if (spoken === 'candled') return (await import('./candled.ts')).candled;
  if (spoken === 'openai') return (await import('./openai.ts')).openai;
  if (spoken === 'ollama') return (await import('./ollama.ts')).ollama;
  throw workerError('dialect-none', `${name} was spawned without a dialect.`, {
    next: ['gantry worker spawn … --dialect openai', `gantry worker inspect ${quote(name)}`],
  });
}

interface Standing extends Pick<ProcessRecord['status'], 'phase' | 'why'> {
  name: string;
  pool?: Pool;
}

function requireReady({ name, phase, why, pool }: Standing): void {
  if (phase === 'running' || phase === 'unhealthy') return;
  const logs = pool ? [] : [`gantry worker logs ${quote(name)}`];
  throw workerError('worker-not-ready', `${name} is ${phase}${why ? `: it ${why}` : ''}.`, {
    next: [...logs, `gantry worker health ${quote(name)}`],
  });
}
