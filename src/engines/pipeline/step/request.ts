import { type IncomingMessage, request as plain, STATUS_CODES } from 'node:http';
import { request as secure } from 'node:https';
import { openSplitter } from '#engines/process/logs/splitter.ts';
import type { Ended } from './command.ts';

/** Bytes of an answer that are read. */
const MOST_BYTES = 1_048_576;
const REFUSED = 400;
/** Milliseconds in which nothing comes and nothing goes. */
const SILENCE = 60_000;

interface Asked {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
  signal: AbortSignal;
  /** Milliseconds of silence after which nobody is expected to answer any more. */
  silence?: number;
  /** Hears each line of the answer. */
  heard(line: string): void;
}

/** Asks once. A status below 400 is an answer, and a redirect one that is not followed: what it leads to nobody has approved. */
export async function request({
  url,
  method,
  headers,
  body,
  signal,
  silence = SILENCE,
  heard,
}: Asked): Promise<Ended> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const open = url.startsWith('https:') ? secure : plain;
  const options = {
    method,
    headers: { 'User-Agent': 'gantry', ...headers },
    signal,
    agent: false,
    timeout: silence,
  };
  const asked = open(url, options, resolve).once('error', reject);
  let isSilent = false;
  asked.once('timeout', () => {
    isSilent = true;
    asked.destroy();
  });
  asked.end(body ?? undefined);
  try {
    const response = await promise;
    await readLines(response, heard);
    return answerOf(response);
  } catch (thrown) {
    signal.throwIfAborted();
    const said = isSilent ? `nothing came for ${silence} ms` : reasonOf(thrown as NodeJS.ErrnoException);
    return { ok: false, said };
  }
}

function answerOf({ statusCode = 0, headers }: IncomingMessage): Ended {
  const said = `${statusCode} ${STATUS_CODES[statusCode] ?? ''}`.trim();
  const { location } = headers;
  return { ok: statusCode < REFUSED, said: location === undefined ? said : `${said}, to ${location}` };
}

async function readLines(response: IncomingMessage, heard: (line: string) => void): Promise<void> {
  const splitter = openSplitter();
  let size = 0;
  for await (const bytes of response as AsyncIterable<Buffer>) {
    const kept = bytes.subarray(0, MOST_BYTES - size);
    size += kept.length;
    for (const { text } of splitter.push(kept, 0)) heard(text);
    if (size === MOST_BYTES) break;
  }
  for (const { text } of splitter.rest()) heard(text);
  if (size === MOST_BYTES) heard('The answer goes on; the rest of it was not read.');
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ECONNREFUSED') return 'connection refused';
  return code === 'ECONNRESET' ? 'connection reset' : message || String(code);
}
