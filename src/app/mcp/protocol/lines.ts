import type { Readable, Writable } from 'node:stream';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { readMessage } from './message.ts';

/** How much may come without the end of a line, in bytes. */
const LONGEST = 10 * 1024 * 1024;

const NEWLINE = 0x0a;

interface Streams {
  input: Readable;
  output: Writable;
  log: (line: string) => void;
}

/** Messages as lines over a pair of streams. What can't be read as a message is answered here, and logged. */
export function lineTransport({ input, output, log }: Streams): Transport {
  let begun: Buffer[] = [];
  const transport: Transport = { start, send, close };

  async function start(): Promise<void> {
    input.on('data', take);
    input.on('error', fail);
  }

  async function close(): Promise<void> {
    input.off('data', take);
    input.off('error', fail);
    input.pause();
    begun = [];
    transport.onclose?.();
  }

  function send(message: object): Promise<void> {
    return new Promise((resolve) => {
      if (output.write(`${JSON.stringify(message)}\n`)) resolve();
      else output.once('drain', resolve);
    });
  }

  function take(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      const line = Buffer.concat([...begun, chunk.subarray(from, end)]).toString();
      begun = [];
      from = end + 1;
      if (line.trim() !== '') receive(line);
    }
    begun.push(chunk.subarray(from));
    if (begun.reduce((sum, { length }) => sum + length, 0) > LONGEST) {
      fail(new Error(`A message is longer than ${LONGEST} bytes.`));
    }
  }

  function receive(line: string): void {
    const read = readMessage(line);
    if ('message' in read) {
      transport.onmessage?.(read.message);
      return;
    }
    log(read.refusal.error.message);
    void send(read.refusal);
  }

  function fail({ message }: Error): void {
    log(message);
    void close();
  }

  return transport;
}
