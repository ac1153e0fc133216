import { openaiRoutes } from './openai.ts';
import { fail, json, sendEvents, serve, wordsFor } from './server.ts';

/** A server in the manner of Ollama: its address comes in a variable, and the model with each question. */
if (process.argv[2] !== 'serve') fail(1, `Error: unknown command "${process.argv[2]}" for "ollama"`);
/** What it keeps as long as it runs. */
const models = new Set(['tiny:latest']);
const [host, port] = (process.env.OLLAMA_HOST ?? '127.0.0.1:11434').split(':');

serve(
  {
    ...openaiRoutes('tiny'),
    'GET /api/version': (response) => json(response, 200, { version: '0.0.0' }),
    'GET /api/tags': (response) =>
      json(response, 200, { models: [...models].map((name) => ({ name, model: name })) }),
    'POST /api/pull': (response, { name, model = name }) => {
      const line = (event: unknown) => `${JSON.stringify(event)}\n`;
      const manifest = { status: 'pulling manifest' };
      if (model === 'nobodys') {
        const error = 'pull model manifest: file does not exist';
        return sendEvents(response, [manifest, { error }], line);
      }
      const layer = { status: 'pulling 0123456789ab', digest: 'sha256:0123456789ab', total: 4_000 };
      const layers = [1_000, 2_000, 4_000].map((completed) => ({ ...layer, completed }));
      models.add(/:[^/]*$/.test(String(model)) ? String(model) : `${model}:latest`);
      return sendEvents(response, [manifest, ...layers, { status: 'success' }], line);
    },
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
