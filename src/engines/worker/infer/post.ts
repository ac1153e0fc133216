import { type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import { isRecord } from '#engines/core/json.ts';
import { workerError } from '../errors.ts';
import { textIn } from './json-lines.ts';

interface Post {
  url: string;
  body: object;
  signal: AbortSignal;
}

/** Characters of a refusal that are told. */
const HEARD = 2_000;

/** The lines of the answer as they come. Throws `inference-refused` and `inference-unreachable`. */
export async function* post({ url, body, signal }: Post): AsyncGenerator<string> {
  let response: IncomingMessage | undefined;
  try {
    response = await answerTo({ url, body, signal });
    if ((response.statusCode ?? 0) >= 400) throw await refused(response);
    yield* createInterface({ input: response, crlfDelay: Number.POSITIVE_INFINITY });
    if (!response.complete) throw unreachable(url, 'it broke off');
  } catch (thrown) {
    throw 'failure' in (thrown as object) ? thrown : unreachable(url, (thrown as Error).message, thrown);
  } finally {
    // Whoever asked may have heard enough.
    response?.destroy();
  }
}

function answerTo({ url, body, signal }: Post): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const sent = request(url, {
    method: 'POST',
    signal,
    agent: false,
    headers: { 'content-type': 'application/json', accept: 'text/event-stream, application/x-ndjson' },
  });
  sent.once('response', resolve).once('error', reject).end(JSON.stringify(body));
  return promise;
}

async function refused(response: IncomingMessage) {
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) if (text.length < HEARD) text += chunk;
  const status = response.statusCode ?? 0;
  return workerError(
    'inference-refused',
    `The worker answered ${status}: ${reasonIn(text) || 'it says no more'}.`,
    {
      details: { status },
    },
  );
}

/** Each family wraps its refusals otherwise. */
function reasonIn(text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    if (!isRecord(body)) return text;
    if (Array.isArray(body.errors)) return body.errors.filter(isRecord).map(problemIn).join('; ');
    return textIn(isRecord(body.error) ? body.error.message : (body.error ?? body.message)) || text;
  } catch {
    return text.trim().slice(0, HEARD);
  }
}

function problemIn({ field, message }: Record<string, unknown>): string {
  return `${textIn(field)}: ${textIn(message)}`;
}

function unreachable(url: string, reason: string, cause?: unknown) {
  return workerError('inference-unreachable', `${new URL(url).origin}: ${reason}.`, {
    next: ['gantry worker health', 'gantry worker list'],
    cause,
  });
}
