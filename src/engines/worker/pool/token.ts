import { resolve } from 'node:path';
import { readPoolSettings } from '#engines/config/early.ts';
import type { Context } from '#engines/core/context.ts';
import { readToken } from '#engines/secrets/token.ts';
import { workerError } from '../errors.ts';
import type { Reply } from './ask.ts';

/** The token for a manager: the variable's, else the one in the file of the setting. Throws `token-unusable`. */
export function poolToken(context: Context): string | undefined {
  if (context.env.GANTRY_POOL_TOKEN) return context.env.GANTRY_POOL_TOKEN;
  const { 'pool.tokenFile': file } = readPoolSettings(context);
  return file === '' ? undefined : readToken(resolve(context.paths.home, file.replace(/^~\//, '')));
}

export function isDenied({ status }: Reply): boolean {
  return status === 401 || status === 403;
}

export function denied(port: number) {
  return workerError('pool-denied', `The pool manager on port ${port} wants a token, or another one.`, {
    next: ['gantry config set pool.tokenFile FILE', 'gantry config set pool.use never'],
    details: { port },
  });
}
