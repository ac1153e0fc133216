import type { World } from '../../rig/home.ts';
import { freePort } from '../../rig/port.ts';
import { installWorkers, putModel } from '../../rig/workers/workers.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { gantryWell } from '../processes/house.ts';

/** A workspace with a model, the model servers that are named, and a gateway in front of what will run. */
export const openGateway = async (world: World, ...programs: string[]): Promise<string> => {
  await createWorkspace(world, {});
  await installWorkers(world, ...programs);
  await putModel(world, 'tinyllama');
  const port = await freePort();
  await gantryWell(world, 'gate', 'serve', '--port', String(port));
  return `http://127.0.0.1:${port}`;
};

/** A worker in the manner of llama.cpp's server. */
export const spawnServer = (world: World, name: string, ...more: string[]) =>
  gantryWell(
    world,
    'worker',
    'spawn',
    'llama-server',
    '--model',
    'tinyllama',
    '--name',
    name,
    '--wait',
    ...more,
  );

interface Question {
  model?: string;
  prompt: string;
  stream?: boolean;
  /** The most that is answered. */
  tokens?: number;
  signal?: AbortSignal;
}

/** Asks as a client of OpenAI's API does. */
export const ask = (url: string, { model = 'tinyllama', prompt, stream = true, tokens, signal }: Question) =>
  fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      model,
      stream,
      max_tokens: tokens,
      messages: [{ role: 'user', content: prompt }],
    }),
    signal,
  });

type Event = {
  choices?: { delta: { content?: string } }[];
  error?: { message: string; code: string };
};

/** The events of an answer as they come. */
export async function* eventsOf({ body }: Response): AsyncGenerator<Event> {
  let text = '';
  for await (const chunk of (body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = event.replace(/^\n*data: /, '');
      if (event.trim() !== '' && data !== '[DONE]') yield JSON.parse(data) as Event;
    }
  }
}

export const textOf = (events: Event[]): string =>
  events.map(({ choices }) => choices?.[0]?.delta.content ?? '').join('');
