import type { Readable, Writable } from 'node:stream';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
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
  const transport = new StdioServerTransport(input as NodeJS.ReadStream, output as NodeJS.WriteStream);
  transport.onerror = (thrown) => {
    const error = unreadable(thrown);
    log(error?.message ?? thrown.message);
    if (error) void transport.send({ jsonrpc: '2.0', error } as JSONRPCMessage);
  };
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

/** The answer to a message that could not be read; its id could not be read either. */
function unreadable(thrown: Error): { code: number; message: string } | undefined {
  if (thrown instanceof SyntaxError) return { code: -32700, message: 'The message is not JSON.' };
  if (thrown.name === 'ZodError') return { code: -32600, message: 'The message is not JSON-RPC.' };
  return undefined;
}

function eventOf(stream: Readable | Writable, ...events: string[]): Promise<void> {
  return new Promise((resolve) => {
    for (const event of events) stream.on(event, () => resolve());
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

function closed(transport: StdioServerTransport): Promise<void> {
  return new Promise((resolve) => {
    transport.onclose = resolve;
  });
}
