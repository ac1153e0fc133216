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
  contentType: -32_005,
} as const;

const requestSchema = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number(), z.null()]),
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

/** A call, or what is wrong with it. */
export function requestIn(text: string): RpcRequest | RpcFault {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { code: CODES.parse, message: 'The request is no JSON.' };
  }
  const { data } = z.safeParse(requestSchema, value);
  return (
    data ?? { code: CODES.request, message: 'The request is no single call of JSON-RPC 2.0 with an id.' }
  );
}

export function isFault(value: object): value is RpcFault {
  return 'code' in value && 'message' in value;
}

export function answerWith(id: RpcRequest['id'], answer: object): Response {
  const body = isFault(answer) ? { error: answer } : { result: answer };
  return Response.json({ jsonrpc: '2.0', id, ...body });
}
