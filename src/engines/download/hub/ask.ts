import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { downloadError } from '../errors.ts';
import type { Line } from '../line.ts';
import { refusalOf, retryAfter, type Subject } from './answer.ts';
import type { Hub } from './hub.ts';

export interface HubRequest {
  url: URL;
  method?: 'GET' | 'HEAD';
  subject: Subject;
}

export interface Asking {
  hub: Hub;
  line: Line;
  signal: AbortSignal;
}

/** Milliseconds before each try after the first: a person waits for the answer. */
const AGAIN = [500, 2_000];
const LONGEST_WAIT = 10_000;
/** Milliseconds for one answer to begin. */
const WITHIN = 20_000;

const REDIRECTS = 5;

/** The answer of the hub, where it is one: busy and failing hubs are asked again, refusals thrown as what they mean. */
export async function askHub(request: HubRequest, asking: Asking): Promise<IncomingMessage> {
  for (const [tries, pause] of [...AGAIN, undefined].entries()) {
    const answer = await answerTo(request, asking, pause === undefined);
    if (answer) {
      const status = answer.statusCode ?? 0;
      if (status < 400) return answer;
      const isPassing = status === 429 || status >= 500;
      answer.resume();
      if (!isPassing || pause === undefined) throw refusalOf(answer, request.subject, asking.hub);
    }
    const told = answer && retryAfter(answer, Date.now());
    await delay(Math.min(told ?? AGAIN[tries] ?? 0, LONGEST_WAIT), undefined, { signal: asking.signal });
  }
  throw new Error('The last try answers or throws.');
}

/** Undefined where nobody answered and it may be tried again. */
async function answerTo(
  request: HubRequest,
  asking: Asking,
  isLast: boolean,
): Promise<IncomingMessage | undefined> {
  try {
    return await followed(request, asking);
  } catch (thrown) {
    asking.signal.throwIfAborted();
    if (!isLast) return undefined;
    const { code, message } = thrown as NodeJS.ErrnoException;
    throw downloadError('hub-unreachable', `${asking.hub.endpoint} does not answer: ${code ?? message}.`, {
      next: ['export HF_ENDPOINT=https://…'],
      cause: thrown,
    });
  }
}

/** Redirects are followed until somebody says what the hub has: a renamed repository moves, and mirrors keep bytes elsewhere. */
async function followed({ url, method }: HubRequest, asking: Asking): Promise<IncomingMessage> {
  const { hub, line } = asking;
  const signal = AbortSignal.any([asking.signal, AbortSignal.timeout(WITHIN)]);
  let at = url;
  for (let hops = 0; ; hops += 1) {
    const headers = at.origin === url.origin ? authorization(hub) : {};
    const answer = await line.ask(at, { method, headers, signal });
    const next = redirectOf(answer, at);
    if (!next || answer.headers['x-linked-size'] !== undefined || hops === REDIRECTS) return answer;
    answer.resume();
    at = next;
  }
}

/** Where an answer sends one to; undefined where it is an answer by itself. */
export function redirectOf({ statusCode, headers }: IncomingMessage, from: URL): URL | undefined {
  if (!/^30[12378]$/.test(String(statusCode)) || headers.location === undefined) return undefined;
  const next = URL.parse(headers.location, from.href);
  return next && /^https?:$/.test(next.protocol) ? next : undefined;
}

/** For the hub itself, and never for where it sends one to. */
export function authorization({ token }: Hub): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}
