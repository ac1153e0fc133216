import { isRecord } from '#engines/core/json.ts';
import { refuse } from './refusal.ts';

/** What a client wants of a model, in the words of OpenAI's API. */
export interface Asking {
  kind: 'chat' | 'completion';
  model: string;
  body: Record<string, unknown>;
  /** Whether the answer is to come as events. */
  stream: boolean;
}

/** Who wants it. */
export interface Client {
  /** Aborts when it has gone. */
  signal: AbortSignal;
  /** The gateways that its request has come through; empty where it came from itself. */
  via: string;
}

export const PATHS = { chat: '/v1/chat/completions', completion: '/v1/completions' } as const;

/** Throws a refusal where it is no question. */
export function askingFrom(kind: Asking['kind'], body: unknown): Asking {
  if (!isRecord(body)) throw refuse(400, 'body-unfit', 'The body is no JSON object.');
  const { model, stream } = body;
  if (typeof model !== 'string' || model === '') throw refuse(400, 'body-unfit', 'model: expected a name.');
  requireQuestion(kind, body);
  return { kind, model, body, stream: stream === true };
}

/** What may be posted for inference: messages of a chat, a prompt, or the same under `input`. */
export function inferenceFrom(model: string, body: unknown): Asking {
  if (!isRecord(body)) throw refuse(400, 'body-unfit', 'The body is no JSON object.');
  const { input, ...rest } = body;
  const asked = typeof input === 'string' && rest.prompt === undefined ? { ...rest, prompt: input } : rest;
  const kind = Array.isArray(asked.messages) ? 'chat' : 'completion';
  requireQuestion(kind, asked);
  return { kind, model, body: { ...asked, model, stream: false }, stream: false };
}

function requireQuestion(kind: Asking['kind'], { messages, prompt }: Record<string, unknown>): void {
  if (kind === 'chat' && !(Array.isArray(messages) && messages.length > 0 && messages.every(isRecord)))
    throw refuse(400, 'body-unfit', 'messages: expected a list of messages.');
  if (kind === 'completion' && prompt === undefined)
    throw refuse(400, 'body-unfit', 'prompt: expected a text.');
}
