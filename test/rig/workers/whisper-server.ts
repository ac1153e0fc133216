import { existsSync } from 'node:fs';
import { fail, json, optionsIn, serve } from './server.ts';

/** A server in the manner of whisper.cpp's, which loads its model before it listens. */
const { model = '', host, port } = optionsIn(process.argv.slice(2), ['--model', '--host', '--port']);
if (!existsSync(model)) fail(3, `error: failed to initialize whisper context: no model at '${model}'`);

serve({ 'GET /health': (response) => json(response, 200, { status: 'ok' }) }, { port: Number(port), host });
