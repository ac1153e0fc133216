import * as z from 'zod/mini';
import type { Json } from '#engines/core/json.ts';

/** Codes of JSON-RPC 2.0, and those that A2A has beside them. */
export const CODES = {
  parse: -32_700,
  request: -32_600,
  method: -32_601,
  params: -32_602,
  refused: -32_000,
  taskUnknown: -32_001,
  notCancelable: -32_002,
  contentType: -32_005,
} as const;

const idSchema = z.union([z.string(), z.number(), z.null()]);

const requestSchema = z.object({
  jsonrpc: z.literal('2.0'),
  /** Without one nobody waits for an answer. */
  id: z.optional(idSchema),
  method: z.string(),
  params: z._default(z.record(z.string(), z.unknown()), {}),
});

export type RpcRequest = z.infer<typeof requestSchema>;

/** Why a call was not answered with a result. */
export interface RpcFault {
  code: number;
  message: string;
  data?: Json;
}

/** Calls of one request; each waits for its task. */
const MOST = 50;

/** Answers a call, or several at once, with what carries each out. */
export async function answerRpc(
  said: Said,
  carryOut: (request: RpcRequest) => object | Promise<object>,
): Promise<Response> {
  if (!Array.isArray(said)) return responseWith(await answerTo(said, carryOut));
  if (said.length === 0 || said.length > MOST) {
    return responseWith(documentOf(null, fault('request', `A batch has one to ${MOST} calls.`)));
  }
  const answers = await Promise.all(said.map((one) => answerTo(requestOf(one), carryOut)));
  const heard = answers.filter((one) => one !== undefined);
  return responseWith(heard.length > 0 ? heard : undefined);
}

export function fault(code: keyof typeof CODES, message: string): RpcFault {
  return { code: CODES[code], message };
}

/** A call or what is wrong with it; or several of what may be calls. */
export type Said = RpcRequest | RpcFault | unknown[];

export function saidIn(text: string): Said {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : requestOf(value);
  } catch {
    return fault('parse', 'The request is no JSON.');
  }
}

function requestOf(value: unknown): RpcRequest | RpcFault {
  return z.safeParse(requestSchema, value).data ?? fault('request', 'That is no call of JSON-RPC 2.0.');
}

/** Nothing where nobody waits for it. */
async function answerTo(
  request: RpcRequest | RpcFault,
  carryOut: (request: RpcRequest) => object | Promise<object>,
): Promise<object | undefined> {
  if (isFault(request)) return documentOf(null, request);
  const answer = await carryOut(request);
  return request.id === undefined ? undefined : documentOf(request.id, answer);
}

/** The answer to a call, of which a stream has several. */
export function documentOf(id: RpcRequest['id'], answer: object): object {
  return { jsonrpc: '2.0', id: id ?? null, ...(isFault(answer) ? { error: answer } : { result: answer }) };
}

export function isFault(value: object): value is RpcFault {
  return 'code' in value && 'message' in value;
}

function responseWith(document: object | undefined): Response {
  return document === undefined ? new Response(null, { status: 204 }) : Response.json(document);
}
