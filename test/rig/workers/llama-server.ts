import { existsSync } from 'node:fs';
import { fail, json, optionsIn, sendEvents, serve, wordsFor } from './server.ts';

/** A server in the manner of llama.cpp's, which speaks as OpenAI does. */
const options = optionsIn(process.argv.slice(2), ['--model', '--alias', '--host', '--port']);
const { model = '', alias, host, port } = options;
if (!existsSync(model)) fail(1, `error: failed to open GGUF file '${model}'`);

type Asked = Record<string, unknown>;

serve(
  {
    'GET /health': (response) => json(response, 200, { status: 'ok' }),
    'POST /v1/completions': (response, body) =>
      sendEvents(
        response,
        chunks(String(body.prompt), body, (text) => ({ text })),
        line,
      ),
    'POST /v1/chat/completions': (response, body) => {
      const [message] = body.messages as { content: string }[];
      return sendEvents(
        response,
        chunks(message?.content ?? '', body, (content) => ({ delta: { content } })),
        line,
      );
    },
  },
  { port: Number(port), host },
);

function* chunks(prompt: string, { max_tokens, stream }: Asked, piece: (text: string) => object): Generator {
  if (stream !== true) throw new Error('Only streams are asked for.');
  let count = 0;
  for (const text of wordsFor(prompt, Number(max_tokens))) {
    count += 1;
    yield { model: alias, choices: [{ index: 0, ...piece(text), finish_reason: null }] };
  }
  yield { model: alias, choices: [{ index: 0, ...piece(''), finish_reason: 'stop' }] };
  yield { model: alias, choices: [], usage: { completion_tokens: count } };
  yield '[DONE]';
}

function line(event: unknown): string {
  return `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`;
}
