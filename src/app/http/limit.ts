import type { MiddlewareHandler } from 'hono';
import { refusal } from './refusal.ts';

/** Methods whose requests have no body that anybody reads. */
const BODILESS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * Answers a body of more bytes with 413, whether or not it says its length beforehand. Hono's own limit makes a request
 * anew from the server's, which Node refuses.
 */
export function limitBody(largest: number): MiddlewareHandler {
  return async ({ req }, next) => {
    if (Number(req.header('content-length') ?? 0) > largest) return tooLarge(largest);
    const { raw, method } = req;
    if (req.header('transfer-encoding') === undefined || BODILESS.has(method) || !raw.body) return next();
    const body = await bytesOf(raw.body, largest);
    if (!body) return tooLarge(largest);
    req.raw = new Request(raw.url, { method, headers: [...raw.headers], body });
    return next();
  };
}

/** Nothing where there are more. */
async function bytesOf(stream: ReadableStream<Uint8Array>, largest: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > largest) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(largest: number): Response {
  return refusal(413, 'body-too-large', `The body has more than ${largest} bytes.`);
}
