import type { Asking } from './asking.ts';
import type { Journal } from './journal.ts';
import type { Metrics } from './metrics.ts';
import { type Refusal, refuse } from './refusal.ts';

/** What is counted and written down of one request. */
export interface Account {
  /** The first byte of an answer is there. */
  begun(): void;
  attemptFailed(backend: string, why: string): void;
  ended(ending: Ended): void;
  /** Nobody answered; what the client is told. */
  failed(tried: number): Refusal;
}

interface Ended {
  how: string;
  backend: string;
  tokens: number;
  tried: number;
  /** Absent where it ended as it should. */
  why?: string;
}

interface Books {
  now(): number;
  journal: Journal;
  metrics: Metrics;
}

const SECOND = 1_000;

export function openAccount({ model, kind, stream }: Asking, { now, journal, metrics }: Books): Account {
  const from = now();
  let last = '';

  return {
    begun() {
      metrics.observe('gantry_gate_first_byte_seconds', { model }, (now() - from) / SECOND);
    },
    attemptFailed(backend, why) {
      last = why;
      metrics.add('gantry_gate_attempts_failed_total', { model, backend });
      journal.write('warn', 'attempt failed', { model, backend, why });
    },
    ended({ how, backend, tokens, tried, why }) {
      const milliseconds = now() - from;
      metrics.add('gantry_gate_requests_total', { model, backend, how });
      metrics.add('gantry_gate_tokens_total', { model, backend }, tokens);
      metrics.observe('gantry_gate_request_seconds', { model }, milliseconds / SECOND);
      const fields = { model, backend, kind, stream, milliseconds, tokens, tried };
      if (why === undefined) journal.write('info', how, fields);
      else journal.write('warn', how, { ...fields, why });
    },
    failed(tried) {
      metrics.add('gantry_gate_requests_total', { model, backend: '', how: 'failed' });
      journal.write('warn', 'failed', { model, tried, ...(tried > 0 && { why: last }) });
      return tried === 0
        ? refuse(503, 'model-not-served', `No worker that serves ${model} can be asked now.`)
        : refuse(502, 'worker-failed', `No worker answered for ${model}; the last one: ${last}.`);
    },
  };
}
