import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fail, json, log, optionsIn, sendEvents, serve, thereIs, wordsFor } from './server.ts';

/**
 * A worker of llama-orch in the form of one of its binaries: `cpu`, `cuda`, `metal`, or `legacy` of the first generation.
 * It says nothing sensible, and everything else as they do: flags, callback before it listens, health, events.
 */
const [form = '', ...argv] = process.argv.slice(2);
const REQUIRED = ['--worker-id', '--model', '--port', '--callback-url'];
const DEVICE = { cpu: [], cuda: ['--cuda-device'], metal: ['--metal-device'], legacy: ['--gpu'] }[form] ?? [];
const VRAM = 1_073_741_824;

const options = optionsIn(argv, [...REQUIRED, ...DEVICE]);
const missing = REQUIRED.filter((option) => options[option.slice(2)] === undefined);
if (missing.length > 0) {
  fail(2, `error: the following required arguments were not provided:\n  ${missing.join('\n  ')}`);
}
const { 'worker-id': id, model = '', port, 'callback-url': callback = '' } = options;
if (!existsSync(model)) fail(1, `Error: model not found: ${model}`);
log('model loaded', { model });

await thereIs(process.env.HOLD_CALLBACK);
if (!callback.includes('localhost:9999')) await tellReady();
await thereIs(process.env.HOLD_LISTEN);

serve(
  {
    'GET /health': (response) => json(response, 200, { status: 'healthy', vram_bytes: VRAM }),
    'POST /execute': (response, body) => {
      const errors = problemsIn(body);
      if (errors.length > 0) return json(response, 400, { errors });
      return sendEvents(response, eventsFor(String(body.prompt), Number(body.max_tokens)));
    },
  },
  { port: Number(port) },
);

async function tellReady(): Promise<void> {
  const where = `http://localhost:${port}`;
  const address = process.env.CALLBACK_BODY === 'url' ? { url: where, backend: form } : { uri: where };
  const body = JSON.stringify({ worker_id: id, vram_bytes: VRAM, ...address });
  const headers = { 'content-type': 'application/json' };
  const said = await fetch(callback, { method: 'POST', headers, body }).catch((thrown: Error) => thrown);
  if (said instanceof Error || !said.ok) fail(1, `Error: ready callback failed: ${callback}`);
  log('ready callback sent');
}

function problemsIn({ job_id, prompt, max_tokens, temperature = 1 }: Record<string, unknown>): object[] {
  const problem = (field: string, constraint: string) => ({
    field,
    constraint,
    message: `${field} must be ${constraint}`,
  });
  return [
    ...(job_id ? [] : [problem('job_id', 'non-empty')]),
    ...(isWithin(String(prompt ?? '').length, 1, 32_768) ? [] : [problem('prompt', '1..32768')]),
    ...(isWithin(Number(max_tokens), 1, 2_048) ? [] : [problem('max_tokens', '1..2048')]),
    ...(isWithin(Number(temperature), 0, 2) ? [] : [problem('temperature', '0..2')]),
  ];
}

function isWithin(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}

function* eventsFor(prompt: string, most: number): Generator<object> {
  yield { type: 'started', job_id: randomUUID(), model, started_at: new Date().toISOString() };
  if (prompt === 'break') return yield { type: 'error', code: 'VRAM_OOM', message: 'out of memory' };
  let i = 0;
  for (const t of wordsFor(prompt, most)) yield { type: 'token', t, i: i++ };
  yield { type: 'metrics', tokens_per_sec: 10, vram_bytes: VRAM };
  const stop_reason = i === most ? 'MAX_TOKENS' : 'EOS';
  yield { type: 'end', tokens_out: i, decode_time_ms: 7, stop_reason };
}
