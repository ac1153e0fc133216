import { type ClientRequest, type IncomingMessage, Agent as PlainAgent, request as plain } from 'node:http';
import { Agent as SecureAgent, request as secure } from 'node:https';

export interface Asked {
  url: string;
  /** Sent as JSON. */
  body: string;
  signal: AbortSignal;
  times: Times;
  /** The gateways that the request has come through. */
  via: string;
}

/** Milliseconds that a backend may be silent: until it takes the request, until its answer begins, and within it. */
export interface Times {
  connect: number;
  firstByte: number;
  idle: number;
}

/** An answer whose first byte has come, or that has none. */
export interface Answer {
  status: number;
  type: string;
  /** As they come; throws where they break off. */
  chunks: AsyncGenerator<Buffer>;
  /** It is not wanted to its end. */
  drop(): void;
}

/** Says which gateways a request has come through, so that one whose route leads back to it notices. */
export const VIA = 'x-gantry-gate';

/** Connections to backends, which are kept for the next request. */
export interface Lines {
  plain: PlainAgent;
  secure: SecureAgent;
  close(): void;
}

export function openLines(): Lines {
  const options = { keepAlive: true, maxFreeSockets: 64 };
  const [plain, secure] = [new PlainAgent(options), new SecureAgent(options)];
  return {
    plain,
    secure,
    close() {
      for (const agent of [plain, secure]) {
        // Those in use come to their end.
        Object.assign(agent, { keepAlive: false });
        for (const socket of Object.values(agent.freeSockets).flat()) socket?.destroy();
      }
    },
  };
}

/** Rejects where no answer begins: refused, broken off, too late. No request outlives its times. */
export async function askBackend(asked: Asked, lines?: Lines): Promise<Answer> {
  const { url, body, signal, times, via } = asked;
  const isSecure = url.startsWith('https:');
  const sent = (isSecure ? secure : plain)(url, {
    method: 'POST',
    signal,
    agent: isSecure ? (lines?.secure ?? false) : (lines?.plain ?? false),
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      accept: 'application/json, text/event-stream',
      [VIA]: via,
    },
  });
  let reason: Error | undefined;
  const late = (what: string, after: number) => {
    reason = new Error(`it ${what} within ${after / 1_000} s`);
    sent.destroy(reason);
  };
  const begun = setTimeout(late, times.firstByte, 'did not begin to answer', times.firstByte);
  const connected = setTimeout(late, times.connect, 'took no connection', times.connect);
  sent.once('socket', (socket) => {
    if (socket.connecting) socket.once('connect', () => clearTimeout(connected));
    else clearTimeout(connected);
  });
  let response: IncomingMessage | undefined;
  try {
    response = await responseTo(sent, body);
    const reading = response[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const first = await reading.next();
    if (first.done && !response.complete) throw new Error('it broke off');
    return {
      status: response.statusCode ?? 0,
      type: String(response.headers['content-type'] ?? ''),
      chunks: chunksFrom(first, { response, reading, times, late, reason: () => reason }),
      drop: () => sent.destroy(),
    };
  } catch (thrown) {
    sent.destroy();
    // A line that was kept may have been hung up meanwhile, which says nothing about who is at its other end.
    const isStale = sent.reusedSocket && !response && !reason && !signal.aborted;
    if (isStale) return askBackend(asked);
    throw reason ?? thrown;
  } finally {
    clearTimeout(begun);
    clearTimeout(connected);
  }
}

/** Bytes of an answer that is wanted as a whole. */
const LARGEST = 64 * 1_048_576;

export async function wholeOf({ chunks }: Pick<Answer, 'chunks'>): Promise<string> {
  const read: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > LARGEST) throw new Error(`its answer has more than ${LARGEST} bytes`);
    read.push(chunk);
  }
  return Buffer.concat(read).toString('utf8');
}

function responseTo(sent: ClientRequest, body: string): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  // What goes wrong later is told to whoever reads the answer.
  sent.once('response', resolve).on('error', reject).end(body);
  return promise;
}

interface Reading {
  response: IncomingMessage;
  reading: AsyncIterator<Buffer>;
  /** Looked at anew for each chunk. */
  times: Pick<Times, 'idle'>;
  late(what: string, after: number): void;
  /** Why it was ended from here: Node tells of that only that it was. */
  reason(): Error | undefined;
}

/** Time runs only while a chunk is waited for: whoever reads slowly is not the backend's silence. */
async function* chunksFrom(
  first: IteratorResult<Buffer>,
  { response, reading, times, late, reason }: Reading,
): AsyncGenerator<Buffer> {
  try {
    let read = first;
    while (!read.done) {
      yield read.value;
      const timer = setTimeout(late, times.idle, 'said nothing more', times.idle);
      read = await reading.next().finally(() => clearTimeout(timer));
    }
    if (!response.complete) throw new Error('it broke off');
  } catch (thrown) {
    throw reason() ?? thrown;
  } finally {
    // What has come to its end leaves its line for the next.
    if (!response.complete) response.destroy();
  }
}
