import type { Readable } from 'node:stream';
import type { GantryError } from '#engines/core/errors.ts';
import { daemonError } from './errors.ts';

/** The longest message in bytes, either way: a diff of many files fits, a stream that never ends a line does not. */
export const LINE_LIMIT = 16 * 1024 * 1024;

const NEWLINE = 10;

/**
 * The lines of a stream, without their ends. Throws `line-too-long`, and `wire-torn` where the stream ends within a
 * line; a connection that breaks just ends. The stream is left open, so that the one error can still be answered.
 */
export async function* linesOf(stream: Readable, limit = LINE_LIMIT): AsyncGenerator<string> {
  let begun: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunksOf(stream)) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      if (size + end - start > limit) throw tooLong(limit);
      yield Buffer.concat([...begun, chunk.subarray(start, end)]).toString();
      begun = [];
      size = 0;
      start = end + 1;
    }
    if (start === chunk.length) continue;
    begun.push(chunk.subarray(start));
    size += chunk.length - start;
    if (size > limit) throw tooLong(limit);
  }
  if (size > 0) throw daemonError('wire-torn', `The connection ended ${size} bytes into a message.`);
}

/** Whether a message can be sent at all. */
export function fitsLine(line: string): boolean {
  return line.length <= LINE_LIMIT / 3 || Buffer.byteLength(line) <= LINE_LIMIT;
}

async function* chunksOf(stream: Readable): AsyncGenerator<Buffer> {
  try {
    yield* stream.iterator({ destroyOnReturn: false });
  } catch (thrown) {
    if (!isBreak(thrown)) throw thrown;
  }
}

function isBreak(thrown: unknown): boolean {
  const code = (thrown as NodeJS.ErrnoException).code;
  return code === 'ECONNRESET' || code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'EIO';
}

export function tooLong(limit = LINE_LIMIT): GantryError {
  return daemonError('line-too-long', `A message is longer than ${limit} bytes.`);
}
