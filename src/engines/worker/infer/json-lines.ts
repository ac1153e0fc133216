import { isRecord } from '#engines/core/json.ts';

type Data = Record<string, unknown>;

/** The objects that server-sent events carry, one a line; what else is sent is left out. */
export async function* eventsIn(lines: AsyncIterable<string>): AsyncGenerator<Data> {
  for await (const line of lines) {
    const [, data] = /^data: ?(.*)$/.exec(line) ?? [];
    if (data === undefined) continue;
    // How OpenAI's servers end; those who tell an end themselves have done so before.
    if (data === '[DONE]') return;
    yield* objectIn(data);
  }
}

/** The objects of a stream that has one on each line. */
export async function* objectsIn(lines: AsyncIterable<string>): AsyncGenerator<Data> {
  for await (const line of lines) if (line.trim() !== '') yield* objectIn(line);
}

export function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function* objectIn(text: string): Generator<Data> {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) yield value;
  } catch {
    // A worker that breaks off in the middle of a line has said all that it is going to say.
  }
}
