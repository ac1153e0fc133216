import { randomUUID } from 'node:crypto';
import { readGateSettings } from '#engines/config/early.ts';
import type { Context } from '#engines/core/context.ts';
import { failureOf } from '#engines/core/errors.ts';
import { saidIn } from '../said.ts';
import { openAccount } from './account.ts';
import type { Asking, Client } from './asking.ts';
import { type Balance, type Candidate, openBalance } from './balance.ts';
import { type Board, backendAt, openBoard } from './board.ts';
import { type Journal, openJournal } from './journal.ts';
import { openMeter } from './meter.ts';
import { type Metrics, openMetrics } from './metrics.ts';
import { Refusal, refuse } from './refusal.ts';
import { type Spoken, speak } from './speech.ts';
import { openLines, type Times } from './upstream.ts';

/** What stands between clients and workers. */
export interface Relay {
  board(): Board;
  balance: Balance;
  journal: Journal;
  metrics: Metrics;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** Requests that an endpoint has had for a model. */
  requestsOf(model: string, endpoint: string): number;
  /** Resolves once there is something to answer with. Throws a refusal. */
  answer(asking: Asking, client: Client): Promise<Answered>;
  leave(): void;
}

export interface Answered {
  status: number;
  type: string;
  backend: string;
  /** Events end with one that tells of an error where the backend breaks off; they never throw. */
  body: string | AsyncGenerator<Buffer | string>;
}

const CONNECT = 10_000;
const SECOND = 1_000;

/** Anything from here on is the backend's own failure, and another may do better. */
const BROKEN = 500;

export function openRelay(context: Context): Relay {
  const { now } = context;
  const since = now();
  const id = randomUUID();
  const board = openBoard(context);
  const balance = openBalance(now);
  const journal = openJournal(now);
  const metrics = openMetrics();
  const requests = new Map<string, number>();
  const times = openTimes(context);
  const lines = openLines();

  return {
    ...{ board, balance, journal, metrics, since },
    leave() {
      journal.leave();
      lines.close();
    },
    requestsOf: (model, endpoint) => requests.get(`${model}\n${endpoint}`) ?? 0,
    async answer(asking, { signal, via }) {
      if (via.includes(id)) throw refuse(508, 'route-loops', 'The request came from this gateway itself.');
      const { model } = asking;
      const candidates = candidatesFor(board(), model);
      const account = openAccount(asking, { now, journal, metrics });
      const tried = new Set<string>();
      for (;;) {
        signal.throwIfAborted();
        const candidate = balance.next(candidates, tried);
        if (!candidate) throw account.failed(tried.size);
        const { backend } = candidate;
        tried.add(backend.id);
        const key = `${model}\n${backend.id}`;
        requests.set(key, (requests.get(key) ?? 0) + 1);
        const use = balance.begin(candidate);
        const meter = openMeter();
        try {
          const asked = { backend, asking, signal, times: times(), lines, meter };
          const spoken = await speak({ ...asked, via: [via, id].filter(Boolean).join(' ') });
          if (spoken.status >= BROKEN) throw new Error(brokenText(spoken));
          const end: Ending['end'] = (how, isWell, why) => {
            use.end(isWell);
            account.ended({ how, backend: backend.id, tokens: meter.tokens, tried: tried.size, why });
          };
          account.begun();
          return { ...answered(spoken, { signal, end }), backend: backend.id };
        } catch (thrown) {
          // Who has gone, or asked for what makes no sense, says nothing about the backend.
          const isTheirs = !signal.aborted && !(thrown instanceof Refusal);
          use.end(isTheirs ? false : undefined);
          if (!isTheirs) throw thrown;
          account.attemptFailed(backend.id, failureOf(thrown).message);
        }
      }
    },
  };
}

interface Ending {
  signal: AbortSignal;
  /** Said once: how it ended, whether the backend did well as far as that tells, and why not. */
  end(how: string, isWell?: boolean, why?: string): void;
}

function answered(spoken: Spoken, ending: Ending): Omit<Answered, 'backend'> {
  const { status, type, body } = spoken;
  if (typeof body !== 'string') return { status, type, body: withEnd(spoken, body, ending) };
  ending.end(status < 400 ? 'answered' : 'refused', true);
  return { status, type, body };
}

/** Characters of a failure that are told. */
const HEARD = 500;

function brokenText({ status, body }: Spoken): string {
  const said = typeof body === 'string' ? saidIn(body).trim().slice(0, HEARD) : '';
  return `it answered ${status}${said === '' ? '' : `: ${said}`}`;
}

/** What has begun ends whatever happens: with the answer's own end, or with an event that tells why there is none. */
async function* withEnd(
  { drop }: Spoken,
  pieces: AsyncGenerator<Buffer | string>,
  { signal, end }: Ending,
): AsyncGenerator<Buffer | string> {
  let isOver = false;
  try {
    yield* pieces;
    isOver = true;
    end('answered', true);
  } catch (thrown) {
    isOver = true;
    if (signal.aborted) return end('cancelled');
    const why = failureOf(thrown).message;
    end('broken off', false, why);
    const message = `The worker broke off: ${why}.`;
    yield `\n\ndata: ${JSON.stringify({ error: { message, type: 'server_error', code: 'worker-failed' } })}\n\n`;
  } finally {
    if (!isOver) end('cancelled');
    drop();
  }
}

/** Those of its route, or all workers that serve it. Throws a refusal where nobody knows the model. */
export function candidatesFor(board: Board, model: string): Candidate[] {
  const route = board.routes.get(model);
  if (route) {
    return route.flatMap(({ endpoint, weight, fallback }, index) => {
      const backend = backendAt(board, endpoint);
      return backend ? [{ backend, weight, rank: fallback ? index + 1 : 0 }] : [];
    });
  }
  const workers = [...board.workers.values()].filter(({ names }) => names.includes(model));
  if (workers.length === 0) throw refuse(404, 'model-unknown', `There is no model ${model}.`);
  return workers.flatMap(({ backend }) => (backend ? [{ backend, weight: 1, rank: 0 }] : []));
}

/** Milliseconds for which settings are taken as they were read: they stand in a file, and are asked for with every request. */
const READ_EVERY = 1_000;

function openTimes(context: Context): () => Times {
  let readAt = Number.NEGATIVE_INFINITY;
  let times: Times;
  return () => {
    if (context.now() - readAt < READ_EVERY) return times;
    const settings = readGateSettings(context);
    times = {
      connect: CONNECT,
      firstByte: settings['gate.firstByteSeconds'] * SECOND,
      idle: settings['gate.idleSeconds'] * SECOND,
    };
    readAt = context.now();
    return times;
  };
}
