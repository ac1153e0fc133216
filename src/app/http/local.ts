import type { MiddlewareHandler } from 'hono';
import { refusal } from './refusal.ts';

const NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Lets through what was sent to this machine by its own name, and by no page of another. A name that somebody has point
 * to the loopback stands in `Host`, and the page that a request comes from in `Origin`.
 */
export const onlyLocal: MiddlewareHandler = async (context, next) => {
  const host = context.req.header('host');
  const origin = context.req.header('origin');
  if (host === undefined || !isLocal(`http://${host}`)) {
    return refusal(403, 'host-foreign', 'This server goes by localhost and 127.0.0.1 alone.');
  }
  if (origin !== undefined && !isLocal(origin)) {
    return refusal(403, 'origin-foreign', 'Pages of other machines may not ask this server.');
  }
  return next();
};

function isLocal(url: string): boolean {
  return URL.canParse(url) && NAMES.has(new URL(url).hostname);
}
