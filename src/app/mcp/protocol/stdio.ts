import type { Readable, Writable } from 'node:stream';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { lineTransport } from './lines.ts';
import { serverOf } from './server.ts';
import type { Offer } from './service.ts';

/** How long what was asked may go on after the input has ended, in milliseconds. */
const GRACE = 1_000;

interface Connection {
  offer: Offer;
  input: Readable;
  output: Writable;
  /** Ends the connection at once. */
  signal: AbortSignal;
  log: (line: string) => void;
}

/** Serves one client over a pair of streams; resolves when the client has gone and nothing is left running. */
export async function serveStdio({ offer, input, output, signal, log }: Connection): Promise<void> {
  const { server, settled, close } = serverOf(offer);
  const transport = lineTransport({ input, output, log });
  const inputEnded = eventOf(input, 'end', 'close');
  const gone = Promise.race([eventOf(output, 'error', 'close'), aborted(signal), closed(transport)]);
  await server.connect(transport);
  await Promise.race([inputEnded, gone]);
  const grace = new AbortController();
  await Promise.race([settled(), gone, setTimeout(GRACE, undefined, { signal: grace.signal })]);
  grace.abort();
  // The answer to what has just settled is written in this turn.
  await setImmediate();
  await close();
}

function eventOf(stream: Readable | Writable, ...events: string[]): Promise<void> {
  return new Promise((resolve) => {
    for (const event of events) stream.on(event, () => resolve());
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

function closed(transport: Transport): Promise<void> {
  return new Promise((resolve) => {
    transport.onclose = resolve;
  });
}
