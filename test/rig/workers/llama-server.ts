import { existsSync } from 'node:fs';
import { openaiRoutes } from './openai.ts';
import { fail, json, optionsIn, serve } from './server.ts';

/** A server in the manner of llama.cpp's, which speaks as OpenAI does. */
const options = optionsIn(process.argv.slice(2), ['--model', '--alias', '--host', '--port']);
const { model = '', alias, host, port } = options;
if (!existsSync(model)) fail(1, `error: failed to open GGUF file '${model}'`);

serve(
  {
    'GET /health': (response) => json(response, 200, { status: 'ok' }),
    ...openaiRoutes(alias ?? ''),
  },
  { port: Number(port), host },
);
