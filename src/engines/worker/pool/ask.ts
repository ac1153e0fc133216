import { type IncomingMessage, request } from 'node:http';
import { text as textOf } from 'node:stream/consumers';

export interface Question {
  port: number;
  method?: 'GET' | 'POST';
  path: string;
  body?: object;
  token?: string;
  signal: AbortSignal;
}

export interface Reply {
  status: number;
  /** Undefined where it is no JSON. */
  body: unknown;
}

/** Bytes of an answer; nobody has so many workers. */
const LONGEST = 4_000_000;

/** Asks whoever listens on that port of this machine, once; a redirect is an answer. Rejects where none comes. */
export async function askPool(question: Question): Promise<Reply> {
  const response = await responseTo(question);
  try {
    return { status: response.statusCode ?? 0, body: jsonIn(await textOf(limited(response))) };
  } finally {
    response.destroy();
  }
}

function responseTo({ port, method = 'GET', path, body, token, signal }: Question): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const headers = {
    accept: 'application/json',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  request({ host: '127.0.0.1', port, method, path, headers, signal, agent: false })
    .once('response', resolve)
    .once('error', reject)
    .end(body === undefined ? undefined : JSON.stringify(body));
  return promise;
}

async function* limited(response: IncomingMessage): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST) throw new Error(`the answer has more than ${LONGEST} bytes`);
    yield chunk;
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
