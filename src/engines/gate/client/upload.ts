import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Context } from '#engines/core/context.ts';
import { quote } from '#engines/core/shell.ts';
import type { Gateway } from '../address.ts';
import { gateError } from '../errors.ts';
import type { Model } from '../types.ts';
import { type Asked, dataOf, failureFor, requestTo, responseTo, wellText } from './ask.ts';
import { modelIn, PATHS } from './contract.ts';

export interface Upload {
  name: string;
  /** Absolute. */
  file: string;
  /** Bytes that it has, and that are sent. */
  size: number;
}

const POST: Asked = { method: 'POST', path: PATHS.models };

/** Milliseconds between two tellings of how far it is. */
const TELL_EVERY = 100;

/**
 * Sends a file as it is read, no faster than it is taken; the length stands at the head. It may take as long as it
 * takes while anything goes on. Throws `gate-…`.
 */
export async function upload(gateway: Gateway, wanted: Upload, context: Context): Promise<Model> {
  const { signal } = context;
  const silence = new AbortController();
  const boundary = `gantry-${randomUUID()}`;
  const { head, tail } = framesFor(wanted, boundary);
  const sent = await requestTo(gateway, POST, {
    signal: AbortSignal.any([signal, silence.signal]),
    headers: {
      accept: 'application/json',
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': head.length + wanted.size + tail.length,
    },
  });
  let timer: NodeJS.Timeout | undefined;
  const goesOn = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), gateway.within);
  };
  const answer = responseTo(sent);
  answer.catch(() => {});
  try {
    goesOn();
    const sending = pipeline(bytesOf(wanted, { head, tail }, told(wanted, context, goesOn)), sent);
    sending.catch(() => {});
    // A refusal may come while there is more to send.
    const response = await Promise.race([answer, sending.then(() => answer)]).catch(async (thrown) => {
      if (isOwn(thrown)) throw thrown;
      return answer;
    });
    goesOn();
    return modelIn(dataOf(await wellText(response, gateway, POST), gateway, POST), gateway);
  } catch (thrown) {
    throw failureFor(thrown, gateway, { signal, isLate: silence.signal.aborted });
  } finally {
    clearTimeout(timer);
    sent.destroy();
  }
}

interface Frames {
  head: Buffer;
  tail: Buffer;
}

function framesFor({ name, file }: Upload, boundary: string): Frames {
  const part = (disposition: string) => `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n`;
  const filename = basename(file).replaceAll(/["\r\n\\]/g, '_');
  const head =
    `${part('name="name"')}\r\n${name}\r\n` +
    `${part(`name="file"; filename="${filename}"`)}Content-Type: application/octet-stream\r\n\r\n`;
  return { head: Buffer.from(head), tail: Buffer.from(`\r\n--${boundary}--\r\n`) };
}

async function* bytesOf(
  { file, size }: Upload,
  { head, tail }: Frames,
  tell: (done: number) => void,
): AsyncGenerator<Buffer> {
  yield head;
  let done = 0;
  const reading = size === 0 ? [] : createReadStream(file, { end: size - 1, highWaterMark: 262_144 });
  for await (const chunk of reading as AsyncIterable<Buffer>) {
    yield chunk;
    done += chunk.length;
    tell(done);
  }
  if (done !== size) throw changed(file);
  yield tail;
}

export function changed(file: string) {
  return gateError('gate-file-changed', `${file} is not as it was when it was looked at.`, {
    next: [`gantry gate models add ${quote(file)}`],
  });
}

function told({ name, size }: Upload, { report, now }: Context, goesOn: () => void) {
  let last = 0;
  return (done: number) => {
    goesOn();
    if (now() - last < TELL_EVERY && done < size) return;
    last = now();
    report({ kind: 'progress', target: name, label: `send ${name}`, done, total: size, unit: 'bytes' });
  };
}

function isOwn(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'GantryError';
}
