import { workerError } from '../errors.ts';
import type { Dialect } from './dialect.ts';
import { numberIn, objectsIn, textIn } from './json-lines.ts';

/** An object a line; durations are nanoseconds. */
export const ollama: Dialect = {
  path: () => '/api/generate',
  body: ({ prompt, model, maxTokens, temperature, seed }) => ({
    model,
    prompt,
    stream: true,
    options: { num_predict: maxTokens, temperature, ...(seed === undefined ? {} : { seed }) },
  }),
  async *read(lines) {
    for await (const { response, done, eval_count, eval_duration, done_reason, error } of objectsIn(lines)) {
      if (error !== undefined) {
        throw workerError('inference-failed', `The worker gave up: ${textIn(error)}.`);
      }
      const token = textIn(response);
      if (token !== '') yield { token };
      if (done !== true) continue;
      const nanoseconds = numberIn(eval_duration);
      yield {
        end: {
          tokens: numberIn(eval_count),
          ...(nanoseconds === undefined ? {} : { milliseconds: Math.round(nanoseconds / 1e6) }),
          reason: textIn(done_reason) || undefined,
        },
      };
    }
  },
};
