import { randomUUID } from 'node:crypto';
import { workerError } from '../errors.ts';
import type { Dialect } from './dialect.ts';
import { eventsIn, numberIn, textIn } from './json-lines.ts';

/** llama-orch's workers: the kind of an event stands in its data. */
export const candled: Dialect = {
  path: () => '/execute',
  body: ({ prompt, maxTokens, temperature, seed }) => ({
    job_id: randomUUID(),
    prompt,
    max_tokens: maxTokens,
    temperature,
    ...(seed === undefined ? {} : { seed }),
  }),
  async *read(lines) {
    for await (const event of eventsIn(lines)) {
      if (event.type === 'token') yield { token: textIn(event.t) };
      if (event.type === 'error') throw failed(textIn(event.code), textIn(event.message));
      if (event.type !== 'end') continue;
      const { tokens_out, decode_time_ms, stop_reason } = event;
      const reason = textIn(stop_reason) || undefined;
      yield { end: { tokens: numberIn(tokens_out), milliseconds: numberIn(decode_time_ms), reason } };
    }
  },
};

function failed(code: string, message: string) {
  return workerError('inference-failed', `The worker gave up: ${message || code}.`, { details: { code } });
}
