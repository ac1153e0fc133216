import { StringDecoder } from 'node:string_decoder';

/** The lines of a text that comes in pieces, without their ends. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of chunks) {
    const lines = `${rest}${decoder.write(chunk)}`.split(/\r?\n/);
    rest = lines.pop() ?? '';
    yield* lines;
  }
  const last = rest + decoder.end();
  if (last !== '') yield last;
}

const NEWLINE = 0x0a;

/** The same bytes, no line of them torn: what breaks off within one has told all but that line. */
export async function* wholeLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const held = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = held.lastIndexOf(NEWLINE) + 1;
    rest = held.subarray(end);
    if (end > 0) yield held.subarray(0, end);
  }
  if (rest.length > 0) yield rest;
}
