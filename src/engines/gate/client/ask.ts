import { type ClientRequest, type IncomingMessage, request as plain, type RequestOptions } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { quote } from '#engines/core/shell.ts';
import type { Gateway } from '../address.ts';
import { gateError } from '../errors.ts';
import { saidIn } from '../said.ts';

export interface Asked {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Its parts are percent-encoded already. */
  path: string;
  /** Sent as JSON. */
  body?: unknown;
  /** The model that a 404 says is not there. */
  model?: string;
}

type World = Pick<Context, 'signal'>;

/** Characters of a refusal that are told. */
const HEARD = 2_000;

/** Bytes of an answer. */
const LONGEST = 64 * 1_048_576;

/** What the gateway answers, as data; undefined where it says nothing. Throws `gate-…`. */
export async function askGate(gateway: Gateway, asked: Asked, { signal }: World): Promise<unknown> {
  const late = AbortSignal.timeout(gateway.within);
  const body = asked.body === undefined ? undefined : JSON.stringify(asked.body);
  try {
    const sent = await requestTo(gateway, asked, {
      signal: AbortSignal.any([signal, late]),
      headers: {
        accept: 'application/json',
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      },
    });
    const answer = responseTo(sent);
    sent.end(body);
    const response = await answer;
    return dataOf(await wellText(response, gateway, asked), gateway, asked);
  } catch (thrown) {
    throw failureFor(thrown, gateway, { signal, isLate: late.aborted });
  }
}

/** A request that is still to be sent. */
export async function requestTo(
  { url }: Gateway,
  { method = 'GET', path }: Asked,
  options: RequestOptions,
): Promise<ClientRequest> {
  // TLS takes a while to load, and most gateways are here.
  const start = url.startsWith('https:') ? (await import('node:https')).request : plain;
  return start(`${url}${path}`, { agent: false, method, ...options });
}

export function responseTo(sent: ClientRequest): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  // A gateway that refuses early hangs up on what is still being sent: what it answered counts.
  sent.once('response', resolve).on('error', reject);
  return promise;
}

/** The text of an answer that is none of a failure. Throws `gate-failed` and `gate-model-unknown`. */
export async function wellText(response: IncomingMessage, gateway: Gateway, asked: Asked): Promise<string> {
  const text = await textOf(limited(response));
  const { statusCode: status = 0 } = response;
  if (status >= 200 && status < 300) return text;
  if (status === 404 && asked.model !== undefined) throw unknownModel(asked.model, gateway);
  throw failed(status, text, gateway);
}

/** Throws `gate-broken` where it is no JSON. */
export function dataOf(text: string, gateway: Gateway, asked: Asked): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw broken(gateway, asked, cause);
  }
}

export function broken({ url }: Gateway, { path }: Pick<Asked, 'path'>, cause?: unknown): GantryError {
  return gateError('gate-broken', `${url}${path} answers as no ModelGate does.`, {
    next: [`curl ${quote(`${url}${path}`)}`, 'gantry gate status'],
    details: { url, path },
    cause,
  });
}

interface Went {
  signal: AbortSignal;
  isLate: boolean;
}

/** What became of a request, as a failure that says so; what is one already stays as it is. */
export function failureFor(thrown: unknown, gateway: Gateway, { signal, isLate }: Went): unknown {
  if (thrown instanceof Error && thrown.name === 'GantryError') return thrown;
  if (signal.aborted) return signal.reason;
  const { url, within } = gateway;
  if (isLate) {
    const seconds = within / 1_000;
    return gateError('gate-timeout', `${url} did not answer within ${seconds} s.`, {
      next: [`gantry gate status --within ${seconds * 2}`, 'gantry gate status'],
      details: { url, seconds },
      cause: thrown,
    });
  }
  const reason = reasonOf(thrown);
  return gateError('gate-unreachable', `${url}: ${reason}.`, {
    next: ['gantry gate serve', 'gantry gate status --url URL', 'export MODELGATE_URL=URL'],
    details: { url, reason },
    cause: thrown,
  });
}

function reasonOf(thrown: unknown): string {
  const { code, message } = thrown as NodeJS.ErrnoException;
  if (code === 'ECONNREFUSED') return 'nothing listens there';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'there is no machine of that name';
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'it hung up';
  return message || code || 'it can not be asked';
}

function unknownModel(model: string, { url }: Gateway): GantryError {
  return gateError('gate-model-unknown', `There is no model ${model} at ${url}.`, {
    next: ['gantry gate models list', 'gantry gate routes list'],
    details: { model, url },
  });
}

function failed(status: number, text: string, { url }: Gateway): GantryError {
  const body = text.slice(0, HEARD);
  return gateError('gate-failed', `${url} answered ${status}: ${saidIn(body) || 'it says no more'}`, {
    next: ['gantry gate status', 'gantry gate logs'],
    details: { url, status, body },
  });
}

async function* limited(response: IncomingMessage): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST) throw new Error(`its answer has more than ${LONGEST} bytes`);
    yield chunk;
  }
}
