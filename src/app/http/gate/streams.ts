import type { HttpBindings } from '@hono/node-server';
import type { Context as HonoContext } from 'hono';
import type { Client } from '#engines/gate/relay/asking.ts';
import { refuse } from '#engines/gate/relay/refusal.ts';
import { VIA } from '#engines/gate/relay/upstream.ts';

/** Aborts when whoever asked has gone before the answer was at its end. */
export function signalOf({ outgoing }: Pick<HttpBindings, 'outgoing'>): AbortSignal {
  const gone = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) gone.abort();
  });
  return gone.signal;
}

/** Who asks. */
export function clientOf({ env, req }: HonoContext<{ Bindings: HttpBindings }>): Client {
  return { signal: signalOf(env), via: req.header(VIA) ?? '' };
}

/** Pieces as a body: the next one is made when the last one is on its way. */
export function streamOf(pieces: AsyncGenerator<Buffer | string>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      try {
        const { value, done } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(typeof value === 'string' ? Buffer.from(value) : value);
      } catch (thrown) {
        controller.error(thrown);
      }
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}

/** Milliseconds without a byte after which nothing more is expected of a client. */
const SILENCE = 60_000;

/** What a client sends, as long as it sends. Throws a refusal. */
export async function* patiently(
  body: ReadableStream<Uint8Array>,
  gone: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { value, done } = await inTime(reader.read(), gone);
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

async function inTime<T>(reading: Promise<T>, gone: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(refuse(408, 'body-late', 'Nothing more came.')), SILENCE);
  const abort = () => reject(gone.reason);
  gone.addEventListener('abort', abort);
  reading.catch(() => {});
  try {
    return await Promise.race([reading, promise]);
  } finally {
    clearTimeout(timer);
    gone.removeEventListener('abort', abort);
  }
}
