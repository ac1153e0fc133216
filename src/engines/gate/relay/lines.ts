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
