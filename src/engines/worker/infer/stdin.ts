import { createReadStream, fstatSync } from 'node:fs';
import { Socket } from 'node:net';
import { addAbortSignal, type Readable } from 'node:stream';
import { isatty, ReadStream } from 'node:tty';

const STDIN = 0;

/** What is piped or typed into this process; it can be left while nothing comes, which reading it as a file can't. */
export function standardInput(signal: AbortSignal): Readable {
  return addAbortSignal(signal, open());
}

function open(): Readable {
  if (isatty(STDIN)) return new ReadStream(STDIN);
  const found = fstatSync(STDIN);
  if (found.isFIFO() || found.isSocket()) return new Socket({ fd: STDIN, readable: true, writable: false });
  return createReadStream('', { fd: STDIN, autoClose: false });
}
