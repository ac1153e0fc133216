import { refuse } from './refusal.ts';

/** One part of a form; its body has to be read, or left, before the next one comes. */
export interface Part {
  name: string;
  filename?: string;
  body: AsyncIterable<Buffer>;
}

/** Bytes of the head of a part. */
const LARGEST_HEAD = 16_384;

const CRLF = Buffer.from('\r\n');
const BLANK = Buffer.from('\r\n\r\n');

/** The boundary of a form that is sent as parts; undefined where it is none. */
export function boundaryIn(type: string | undefined): string | undefined {
  const found = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]+)"|([^\s;]+))/i.exec(type ?? '');
  return found?.[1] ?? found?.[2];
}

/** The parts of a form (RFC 7578) as they come: never more of them is held than a chunk and a boundary. */
export async function* partsOf(chunks: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<Part> {
  const reading = chunks[Symbol.asyncIterator]();
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // The first boundary is at the very beginning, where no line ends before it.
  let held: Buffer = CRLF;

  async function more(): Promise<void> {
    const { value, done } = await reading.next();
    if (done) throw refuse(400, 'body-unfit', 'The form breaks off.');
    held =
      held.length === 0
        ? Buffer.from(value.buffer, value.byteOffset, value.length)
        : Buffer.concat([held, value]);
  }

  /** What stands before that, which is passed; never more than so many bytes. */
  async function upTo(mark: Buffer, most: number): Promise<Buffer> {
    for (;;) {
      const at = held.indexOf(mark);
      if (at !== -1) {
        const found = held.subarray(0, at);
        held = held.subarray(at + mark.length);
        return found;
      }
      if (held.length > most) throw refuse(400, 'body-unfit', 'The form has no such head.');
      await more();
    }
  }

  async function* bodyOf(over: () => void): AsyncGenerator<Buffer> {
    for (;;) {
      const at = held.indexOf(delimiter);
      if (at !== -1) {
        if (at > 0) yield held.subarray(0, at);
        held = held.subarray(at + delimiter.length);
        return over();
      }
      const safe = held.length - delimiter.length;
      if (safe > 0) {
        yield held.subarray(0, safe);
        held = held.subarray(safe);
      }
      await more();
    }
  }

  await upTo(delimiter, LARGEST_HEAD);
  for (;;) {
    while (held.length < 2) await more();
    if (held.subarray(0, 2).toString() === '--') return;
    const head = (await upTo(BLANK, LARGEST_HEAD)).toString('utf8');
    let isOver = false;
    const body = bodyOf(() => {
      isOver = true;
    });
    yield { ...named(head), body };
    // What nobody wanted of it is passed.
    if (!isOver) for await (const _ of body);
  }
}

function named(head: string): Pick<Part, 'name' | 'filename'> {
  const disposition = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? '';
  const name = parameter(disposition, 'name');
  if (name === undefined) throw refuse(400, 'body-unfit', 'A part of the form has no name.');
  return { name, filename: parameter(disposition, 'filename') };
}

/** As browsers and programs write it: quotes within are percent-encoded, or have a backslash before them; others mean themselves. */
function parameter(disposition: string, name: string): string | undefined {
  const quoted = new RegExp(`[;\\s]${name}="((?:\\\\.|[^"\\\\])*)"`, 'i').exec(disposition)?.[1];
  const plain = new RegExp(`[;\\s]${name}=([^\\s;"]+)`, 'i').exec(disposition)?.[1];
  return quoted?.replaceAll(/\\"|%22/g, '"') ?? plain;
}
