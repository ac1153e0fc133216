import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { downloadError } from '../errors.ts';

/** A server that speaks the API of the Hugging Face Hub. */
export interface Hub {
  /** Without a slash at its end. */
  endpoint: string;
  token?: string;
}

const HUGGING_FACE = 'https://huggingface.co';

/** The hub that the environment means, with the token that its own tools would use. */
export function hubOf({ env, paths }: Pick<Context, 'env' | 'paths'>): Hub {
  const endpoint = endpointOf(env.HF_ENDPOINT || HUGGING_FACE);
  const token = tokenOf({ env, paths });
  return { endpoint, ...(token !== undefined && { token }) };
}

/** Throws `endpoint-invalid`. What stands before an @ would end up in the database. */
function endpointOf(text: string): string {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password) {
    return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  }
  throw downloadError('endpoint-invalid', 'HF_ENDPOINT is no address of a hub.', {
    next: ['unset HF_ENDPOINT', 'export HF_ENDPOINT=https://hub.example.org'],
  });
}

/** In the order in which the tools of the hub look. */
function tokenOf({ env, paths }: Pick<Context, 'env' | 'paths'>): string | undefined {
  if (env.HF_TOKEN) return env.HF_TOKEN.trim();
  const cache = env.XDG_CACHE_HOME || join(paths.home, '.cache');
  const file = env.HF_TOKEN_PATH || join(env.HF_HOME || join(cache, 'huggingface'), 'token');
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}
