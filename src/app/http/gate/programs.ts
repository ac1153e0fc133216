import type { MiddlewareHandler } from 'hono';
import { refusal } from '../refusal.ts';

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** Paths that ask a model and change nothing. */
const ASKING = /^\/(v1\/|api\/v1\/inference\/)/;

const OWN: ReadonlySet<string | undefined> = new Set([undefined, 'none', 'same-origin']);

/**
 * Lets through no change that a page asks for, whichever machine it is of: there is no token, and a browser sends a form
 * without asking anybody. Programs say nothing of where a request comes from.
 */
export const onlyPrograms: MiddlewareHandler = async ({ req }, next) => {
  if (READING.has(req.method) || ASKING.test(req.path)) return next();
  if (req.header('origin') === undefined && OWN.has(req.header('sec-fetch-site'))) return next();
  return refusal(403, 'origin-foreign', 'Pages may not change anything here.');
};
