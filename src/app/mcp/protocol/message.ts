import {
  isJSONRPCRequest,
  type JSONRPCMessage,
  JSONRPCMessageSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { misfitOf } from './params.ts';

/** The answer to a line that the protocol can do nothing with. */
export interface Refusal {
  jsonrpc: '2.0';
  /** Null where the line has none to answer to. */
  id: string | number | null;
  error: { code: number; message: string };
}

/** A line as a message, or why it is none. */
export function readMessage(line: string): { message: JSONRPCMessage } | { refusal: Refusal } {
  const value = parsed(line);
  if (value === undefined) return refused(null, -32700, 'The message is not JSON.');
  const { data: message } = JSONRPCMessageSchema.safeParse(value);
  if (!message) return refused(idIn(value), -32600, 'The message is not JSON-RPC.');
  const misfit = isJSONRPCRequest(message) ? misfitOf(message) : undefined;
  return misfit === undefined ? { message } : refused(idIn(message), -32602, misfit);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function idIn(value: unknown): string | number | null {
  const id = (value as { id?: unknown } | null)?.id;
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}

function refused(id: Refusal['id'], code: number, message: string): { refusal: Refusal } {
  return { refusal: { jsonrpc: '2.0', id, error: { code, message } } };
}
