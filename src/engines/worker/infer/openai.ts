import { isRecord } from '#engines/core/json.ts';
import { workerError } from '../errors.ts';
import type { Dialect } from './dialect.ts';
import { eventsIn, numberIn, textIn } from './json-lines.ts';

/** llama-server, vLLM and whoever else speaks as OpenAI does: completions, or a chat with one message. */
export const openai: Dialect = {
  path: ({ chat }) => (chat ? '/v1/chat/completions' : '/v1/completions'),
  body: ({ prompt, model, maxTokens, temperature, seed, chat }) => ({
    model,
    ...(chat ? { messages: [{ role: 'user', content: prompt }] } : { prompt }),
    max_tokens: maxTokens,
    temperature,
    ...(seed === undefined ? {} : { seed }),
    stream: true,
    stream_options: { include_usage: true },
  }),
  async *read(lines) {
    let tokens: number | undefined;
    let reason: string | undefined;
    for await (const { choices, usage, error } of eventsIn(lines)) {
      if (error !== undefined) throw failed(error);
      if (isRecord(usage)) tokens = numberIn(usage.completion_tokens);
      const [choice] = Array.isArray(choices) ? choices.filter(isRecord) : [];
      if (!choice) continue;
      const token = textIn(isRecord(choice.delta) ? choice.delta.content : choice.text);
      if (token !== '') yield { token };
      reason = textIn(choice.finish_reason) || reason;
    }
    if (reason !== undefined) yield { end: { tokens, reason } };
  },
};

function failed(error: unknown) {
  const said = isRecord(error) ? textIn(error.message) : textIn(error);
  return workerError('inference-failed', `The worker gave up: ${said}.`);
}
