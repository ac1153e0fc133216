import { randomUUID } from 'node:crypto';
import { isRecord } from '#engines/core/json.ts';
import { candled } from '#engines/worker/infer/candled.ts';
import type { Said } from '#engines/worker/infer/dialect.ts';
import { textIn } from '#engines/worker/infer/json-lines.ts';
import { saidIn } from '../said.ts';
import { type Asking, PATHS } from './asking.ts';
import type { Backend } from './board.ts';
import { linesOf, wholeLines } from './lines.ts';
import type { Meter } from './meter.ts';
import { refuse } from './refusal.ts';
import { type Answer, askBackend, type Lines, type Times, wholeOf } from './upstream.ts';

/** An answer of a backend in OpenAI's words, of which something is there already. */
export interface Spoken {
  status: number;
  type: string;
  /** A whole text, or pieces as they come: those throw where they break off. */
  body: string | AsyncGenerator<Buffer | string>;
  /** It is not wanted to its end. */
  drop(): void;
}

interface Speaking {
  backend: Backend;
  asking: Asking;
  signal: AbortSignal;
  times: Times;
  lines: Lines;
  meter: Meter;
  /** The gateways that the request has come through. */
  via: string;
}

/** Asks a backend in its own dialect. Rejects where no answer begins, so that another one can be asked. */
export function speak(speaking: Speaking): Promise<Spoken> {
  return speaking.backend.dialect === 'candled' ? speakCandled(speaking) : passThrough(speaking);
}

/** Bytes go through as they are; only the name of the model is the program's own. */
async function passThrough({ backend, asking, signal, times, lines, meter, via }: Speaking): Promise<Spoken> {
  const { kind, body, stream } = asking;
  const own = backend.model === '' ? body : { ...body, model: backend.model };
  const url = `${backend.url}${PATHS[kind]}`;
  const answer = await askBackend({ url, body: JSON.stringify(own), signal, times, via }, lines);
  const { status, type, drop } = answer;
  if (!stream || status >= 400) {
    const text = await wholeOf(answer);
    meter.whole(text);
    return { status, type: type || 'application/json', body: text, drop };
  }
  return { status, type: type || EVENTS, body: meter.passing(wholeLines(answer.chunks)), drop };
}

/** Tokens of llama-orch's workers, told as OpenAI tells them. */
async function speakCandled({
  backend,
  asking,
  signal,
  times,
  lines,
  meter,
  via,
}: Speaking): Promise<Spoken> {
  const { stream } = asking;
  const asked = { ...askedOf(asking), model: backend.model };
  const body = JSON.stringify(candled.body(asked));
  // It says at once that it has begun, and reads the prompt only then.
  const patient = { ...times, idle: Math.max(times.idle, times.firstByte) };
  const url = `${backend.url}${candled.path(asked)}`;
  const answer = await askBackend({ url, body, signal, times: patient, via }, lines);
  const { status, drop } = answer;
  if (status >= 400) return { status, type: 'application/json', body: await refusedBy(answer), drop };
  const said = tokensOf(answer, meter);
  const words = wordsFor(asking);
  if (!stream) return { status: 200, type: 'application/json', body: await wholeAnswer(said, words), drop };
  const events = eventsOf(said, words, includesUsage(asking.body));
  // Until the first token another worker can still be asked.
  const first = await events.next();
  patient.idle = times.idle;
  return { status: 200, type: EVENTS, body: resumed(first, events), drop };
}

const EVENTS = 'text/event-stream; charset=utf-8';

/** Its own bounds: more tokens it refuses. */
const MOST_TOKENS = 2_048;
const USUAL = { maxTokens: 256, temperature: 0.7 };

function askedOf({ kind, body }: Asking) {
  const { max_tokens, max_completion_tokens, temperature, seed } = body;
  const wanted = Number(max_completion_tokens ?? max_tokens ?? USUAL.maxTokens);
  return {
    prompt: kind === 'chat' ? promptOf(body.messages) : promptText(body.prompt),
    maxTokens: Math.min(Number.isInteger(wanted) && wanted > 0 ? wanted : USUAL.maxTokens, MOST_TOKENS),
    temperature: typeof temperature === 'number' ? temperature : USUAL.temperature,
    ...(typeof seed === 'number' ? { seed } : {}),
    chat: kind === 'chat',
  };
}

function promptText(prompt: unknown): string {
  if (typeof prompt === 'string') return prompt;
  if (Array.isArray(prompt) && prompt.length === 1 && typeof prompt[0] === 'string') return prompt[0];
  throw refuse(400, 'body-unfit', 'prompt: this worker takes one text.');
}

const ROLES: Record<string, string> = { system: 'System', user: 'User', assistant: 'Assistant' };

/** A worker that knows prompts alone is given one message as it is, and more of them with who said what. */
function promptOf(messages: unknown): string {
  const said = (Array.isArray(messages) ? messages : []).filter(isRecord).map(({ role, content }) => ({
    who: ROLES[textIn(role)] ?? 'User',
    text: contentText(content),
  }));
  const [only, ...others] = said;
  if (only && others.length === 0) return only.text;
  return [...said.map(({ who, text }) => `${who}: ${text}`), 'Assistant:'].join('\n');
}

function contentText(content: unknown): string {
  if (!Array.isArray(content)) return textIn(content);
  return content
    .filter(isRecord)
    .map(({ text }) => textIn(text))
    .join('');
}

async function* tokensOf({ chunks }: Answer, meter: Meter): AsyncGenerator<Said> {
  for await (const said of candled.read(linesOf(chunks))) {
    if ('token' in said) meter.token();
    else meter.count(said.end.tokens);
    yield said;
    if ('end' in said) return;
  }
  throw new Error('it broke off');
}

interface Words {
  id: string;
  model: string;
  created: number;
  kind: Asking['kind'];
}

function wordsFor({ kind, model }: Asking): Words {
  const prefix = kind === 'chat' ? 'chatcmpl' : 'cmpl';
  return { id: `${prefix}-${randomUUID()}`, model, created: Math.floor(Date.now() / 1_000), kind };
}

async function wholeAnswer(said: AsyncGenerator<Said>, { kind, ...words }: Words): Promise<string> {
  let text = '';
  let tokens = 0;
  let reason: string | undefined;
  for await (const one of said) {
    if ('token' in one) {
      text += one.token;
      tokens += 1;
    } else ({ tokens = tokens, reason } = one.end);
  }
  const end = { index: 0, finish_reason: reasonOf(reason), logprobs: null };
  const choice =
    kind === 'chat' ? { ...end, message: { role: 'assistant', content: text } } : { ...end, text };
  const object = kind === 'chat' ? 'chat.completion' : 'text_completion';
  return JSON.stringify({ ...words, object, choices: [choice], usage: usageOf(tokens) });
}

async function* eventsOf(
  said: AsyncGenerator<Said>,
  { kind, ...words }: Words,
  withUsage: boolean,
): AsyncGenerator<string> {
  const object = kind === 'chat' ? 'chat.completion.chunk' : 'text_completion';
  const event = (choices: object[], more: object = {}) =>
    `data: ${JSON.stringify({ ...words, object, choices, ...more })}\n\n`;
  let count = 0;
  for await (const one of said) {
    if ('end' in one) {
      const { tokens = count, reason } = one.end;
      const nothing = kind === 'chat' ? { delta: {} } : { text: '' };
      yield event([{ index: 0, ...nothing, finish_reason: reasonOf(reason) }]);
      if (withUsage) yield event([], { usage: usageOf(tokens) });
      yield 'data: [DONE]\n\n';
      continue;
    }
    const role = count === 0 ? { role: 'assistant' } : {};
    const piece = kind === 'chat' ? { delta: { ...role, content: one.token } } : { text: one.token };
    count += 1;
    yield event([{ index: 0, ...piece, finish_reason: null }]);
  }
}

function includesUsage({ stream_options: options }: Asking['body']): boolean {
  return isRecord(options) && options.include_usage === true;
}

function usageOf(tokens: number) {
  // Workers do not tell what the prompt came to.
  return { prompt_tokens: 0, completion_tokens: tokens, total_tokens: tokens };
}

function reasonOf(reason: string | undefined): 'length' | 'stop' {
  return reason === 'MAX_TOKENS' ? 'length' : 'stop';
}

async function refusedBy(answer: Answer): Promise<string> {
  const message = saidIn(await wholeOf(answer));
  return JSON.stringify({ error: { message, type: 'invalid_request_error', code: 'worker-refused' } });
}

async function* resumed<T>(first: IteratorResult<T>, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  if (first.done) return;
  yield first.value;
  yield* rest;
}
