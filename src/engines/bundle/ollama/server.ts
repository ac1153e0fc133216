import type { Ollama, ProgressResponse } from 'ollama';
import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { quote } from '#engines/core/shell.ts';
import { isAtRest } from '#engines/process/status.ts';
import { labelsOf } from '#engines/worker/labels.ts';
import { keptWorkers } from '#engines/worker/named.ts';
import type { Bundle } from '../definition/bundle.ts';
import { bundleError } from '../errors.ts';

/** Milliseconds that a server may take to list what it has. */
const PATIENCE = 10_000;

/** Where the models of a bundle are kept: as OLLAMA_HOST says, else its own worker's, else Ollama's usual address. */
export function addressFor({ id }: Pick<Bundle, 'id'>, context: Context): string {
  if (context.env.OLLAMA_HOST) return addressOf(context.env.OLLAMA_HOST);
  const own = keptWorkers(context).find((worker) => {
    const { bundle, backend } = labelsOf(worker);
    return bundle === id && backend === 'ollama' && !isAtRest(worker.status);
  });
  return addressOf(own?.spec.port ? `127.0.0.1:${own.spec.port}` : '127.0.0.1:11434');
}

/** As its own tools take it: a host, a port or both, with or without a scheme; what listens everywhere is asked by the loopback. */
export function addressOf(host: string): string {
  const text = host.trim();
  const withScheme = /^https?:\/\//.test(text)
    ? text
    : `http://${text.startsWith(':') ? `127.0.0.1${text}` : text}`;
  const url = URL.parse(withScheme);
  if (!url) return `http://${text}`;
  if (url.hostname === '0.0.0.0' || url.hostname === '[::]') url.hostname = '127.0.0.1';
  const isBare = url.port === '' && !/^https?:\/\//.test(text);
  if (isBare) url.port = '11434';
  return url.href.replace(/\/$/, '');
}

/** A name as the server lists it. */
export function tagged(name: string): string {
  return /:[^/]*$/.test(name) ? name : `${name}:latest`;
}

/** Names of the models that a server has. Throws `ollama-unreachable` and `ollama-refused`. */
export async function modelsAt(address: string, context: Context): Promise<Set<string>> {
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(PATIENCE)]);
  const { models } = await asking(address, context, async () => (await clientFor(address, signal)).list());
  return new Set(models.map(({ name }) => name));
}

/** What a server tells while it pulls a model. Throws `ollama-unreachable` and `ollama-refused`. */
export async function* pulling(
  address: string,
  model: string,
  context: Context,
): AsyncGenerator<ProgressResponse> {
  const ollama = await clientFor(address, context.signal);
  const parts = await asking(address, context, () => ollama.pull({ model, stream: true }));
  const iterator = parts[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await asking(address, context, () => iterator.next());
    if (done) return;
    yield value;
  }
}

async function clientFor(host: string, signal: AbortSignal): Promise<Ollama> {
  const { Ollama } = await import('ollama');
  const own: typeof fetch = (input, init) =>
    fetch(input, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, signal]) : signal });
  return new Ollama({ host, fetch: own });
}

async function asking<T>(address: string, context: Context, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (thrown) {
    context.signal.throwIfAborted();
    throw failureFor(address, thrown as Error);
  }
}

/** What `fetch` throws is no answer; everything else is what the server says. */
function failureFor(address: string, thrown: Error): GantryError {
  if (thrown instanceof TypeError || thrown.name === 'TimeoutError') return unreachable(address, thrown);
  return bundleError('ollama-refused', `Ollama at ${address} answered: ${thrown.message}.`, {
    next: ['ollama list', `curl ${quote(`${address}/api/tags`)}`],
    cause: thrown,
  });
}

function unreachable(address: string, thrown: Error): GantryError {
  const { message } = (thrown.cause as Error | undefined) ?? thrown;
  return bundleError(
    'ollama-unreachable',
    `Ollama does not answer at ${address}: ${message || 'nothing listens'}.`,
    {
      next: ['ollama serve', 'gantry worker spawn ollama --port 11434', 'export OLLAMA_HOST=127.0.0.1:11434'],
      details: { address },
      cause: thrown,
    },
  );
}
