import { openaiRoutes } from './openai.ts';
import { fail, json, sendEvents, serve, wordsFor } from './server.ts';

/** A server in the manner of Ollama: its address comes in a variable, and the model with each question. */
if (process.argv[2] !== 'serve') fail(1, `Error: unknown command "${process.argv[2]}" for "ollama"`);
const [host, port] = (process.env.OLLAMA_HOST ?? '127.0.0.1:11434').split(':');

serve(
  {
    ...openaiRoutes('tiny'),
    'GET /api/version': (response) => json(response, 200, { version: '0.0.0' }),
    'POST /api/generate': (response, body) => {
      const { model, prompt, options } = body as {
        model: string;
        prompt: string;
        options: { num_predict: number };
      };
      if (model !== 'tiny') return json(response, 404, { error: `model '${model}' not found` });
      const words = [...wordsFor(prompt, options.num_predict)];
      const pieces = words.map((text) => ({ model, response: text, done: false }));
      const end = { model, response: '', done: true, done_reason: 'stop' };
      const counts = { eval_count: words.length, eval_duration: 3_000_000 };
      return sendEvents(
        response,
        [...pieces, { ...end, ...counts }],
        (event) => `${JSON.stringify(event)}\n`,
      );
    },
  },
  { port: Number(port), host },
);
