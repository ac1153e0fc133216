import type { ServerResponse } from 'node:http';
import { json, type Routes, sendEvents, wordsFor } from './server.ts';

type Asked = Record<string, unknown>;

/**
 * The part of OpenAI's API that model servers speak. A prompt can ask for more than words: `silence` is never answered to
 * its end, `steady` is a word now and then, and `broken` fails. A worker with `MUTE` in its environment answers nothing.
 */
export const openaiRoutes = (model: string): Routes => ({
  'POST /v1/completions': (response, body) =>
    answer(response, model, { prompt: String(body.prompt), body, form: (text) => ({ text }) }),
  'POST /v1/chat/completions': (response, body) => {
    const message = (body.messages as { content: string }[]).at(-1);
    const form = (content: string) =>
      body.stream === true ? { delta: { content } } : { message: { content } };
    return answer(response, model, { prompt: message?.content ?? '', body, form });
  },
});

type Question = { prompt: string; body: Asked; form: (text: string) => object };

const answer = (response: ServerResponse, model: string, question: Question): unknown => {
  const { prompt, body, form } = question;
  if (process.env.MUTE) return undefined;
  if (prompt === 'broken') return json(response, 500, { error: { message: 'out of memory' } });
  if (body.stream !== true) {
    const words = [...wordsFor(prompt, Number(body.max_tokens ?? 16))];
    const choices = [{ index: 0, ...form(words.join('')), finish_reason: 'stop' }];
    return json(response, 200, { model, choices, usage: { completion_tokens: words.length } });
  }
  if (prompt === 'silence') {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    return response.write(line({ model, choices: [{ index: 0, ...form('One '), finish_reason: null }] }));
  }
  if (prompt === 'steady') return sendSteadily(response, model, question);
  return sendEvents(response, chunks(model, question), line);
};

/** Milliseconds between two words. */
const STEP = 200;

const sendSteadily = (response: ServerResponse, model: string, { form }: Question): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const say = () =>
    response.write(line({ model, choices: [{ index: 0, ...form('on '), finish_reason: null }] }));
  const timer = setInterval(say, STEP);
  say();
  response.once('close', () => clearInterval(timer));
};

function* chunks(model: string, { prompt, body, form }: Question): Generator {
  let count = 0;
  for (const text of wordsFor(prompt, Number(body.max_tokens ?? 16))) {
    count += 1;
    yield { model, choices: [{ index: 0, ...form(text), finish_reason: null }] };
  }
  yield { model, choices: [{ index: 0, ...form(''), finish_reason: 'stop' }] };
  yield { model, choices: [], usage: { completion_tokens: count } };
  yield '[DONE]';
}

const line = (event: unknown): string =>
  `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`;
