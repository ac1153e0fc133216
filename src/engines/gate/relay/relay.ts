import { readGateSettings } from '#engines/config/early.ts';
import type { Context } from '#engines/core/context.ts';
import { failureOf } from '#engines/core/errors.ts';
import { saidIn } from '../said.ts';
import type { Asking } from './asking.ts';
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
  answer(asking: Asking, signal: AbortSignal): Promise<Answered>;
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
    async answer(asking, signal) {
      const begun = now();
      const { model } = asking;
      const candidates = candidatesFor(board(), model);
      const tried = new Set<string>();
      let failure = 'it can not be asked';
      for (;;) {
        signal.throwIfAborted();
        const candidate = balance.next(candidates, tried);
        if (!candidate) break;
        const { backend } = candidate;
        tried.add(backend.id);
        const key = `${model}\n${backend.id}`;
        requests.set(key, (requests.get(key) ?? 0) + 1);
        const use = balance.begin(candidate);
        const meter = openMeter();
        const told = { model, backend: backend.id };

        /** Once for each attempt that a client is answered with. */
        const ended = (how: string, isWell: boolean, why?: string) => {
          use.end(isWell);
          const milliseconds = now() - begun;
          metrics.add('gantry_gate_requests_total', { ...told, how });
          metrics.add('gantry_gate_tokens_total', told, meter.tokens);
          metrics.observe('gantry_gate_request_seconds', { model }, milliseconds / SECOND);
          const { kind, stream } = asking;
          const fields = { ...told, kind, stream, milliseconds, tokens: meter.tokens, tried: tried.size };
          if (why === undefined) journal.write('info', how, fields);
          else journal.write('warn', how, { ...fields, why });
        };

        let spoken: Spoken;
        try {
          spoken = await speak({ backend, asking, signal, times: times(), lines, meter });
          if (spoken.status >= BROKEN) throw new Error(brokenText(spoken));
        } catch (thrown) {
          // Who has gone, or asked for what makes no sense, says nothing about the backend.
          const isTheirs = !signal.aborted && !(thrown instanceof Refusal);
          use.end(!isTheirs);
          if (!isTheirs) throw thrown;
          failure = failureOf(thrown).message;
          metrics.add('gantry_gate_attempts_failed_total', told);
          journal.write('warn', 'attempt failed', { ...told, why: failure });
          continue;
        }
        metrics.observe('gantry_gate_first_byte_seconds', { model }, (now() - begun) / SECOND);
        const { status, type, body } = spoken;
        if (typeof body === 'string') {
          ended(status < 400 ? 'answered' : 'refused', true);
          return { status, type, body, backend: backend.id };
        }
        return { status, type, body: withEnd(spoken, body, { signal, ended }), backend: backend.id };
      }
      metrics.add('gantry_gate_requests_total', { model, backend: '', how: 'failed' });
      journal.write('warn', 'failed', { model, tried: tried.size, why: failure });
      throw tried.size === 0
        ? refuse(503, 'model-not-served', `No worker that serves ${model} can be asked now.`)
        : refuse(502, 'worker-failed', `No worker answered for ${model}; the last one: ${failure}.`);
    },
  };
}

/** Characters of a failure that are told. */
const HEARD = 500;

function brokenText({ status, body }: Spoken): string {
  const said = typeof body === 'string' ? saidIn(body).trim().slice(0, HEARD) : '';
  return `it answered ${status}${said === '' ? '' : `: ${said}`}`;
}

interface Ending {
  signal: AbortSignal;
  ended(how: string, isWell: boolean, why?: string): void;
}

/** What has begun ends whatever happens: with the answer's own end, or with an event that tells why there is none. */
async function* withEnd(
  { drop }: Spoken,
  pieces: AsyncGenerator<Buffer | string>,
  { signal, ended }: Ending,
): AsyncGenerator<Buffer | string> {
  let isOver = false;
  try {
    yield* pieces;
    isOver = true;
    ended('answered', true);
  } catch (thrown) {
    isOver = true;
    if (signal.aborted) return ended('cancelled', true);
    const why = failureOf(thrown).message;
    ended('broken off', false, why);
    const message = `The worker broke off: ${why}.`;
    yield `\n\ndata: ${JSON.stringify({ error: { message, type: 'server_error', code: 'worker-failed' } })}\n\n`;
  } finally {
    if (!isOver) ended('cancelled', true);
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
