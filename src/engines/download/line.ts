import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Context } from '#engines/core/context.ts';

/** The way to other machines, with connections that are used again; proxies are those that the environment names. */
export interface Line {
  /** One request; a redirect is an answer. Rejects with what the system says where none comes. */
  ask(url: URL, request: Request): Promise<IncomingMessage>;
  close(): void;
}

export interface Request {
  method?: 'GET' | 'HEAD';
  headers?: Readonly<Record<string, string>>;
  /** Milliseconds of silence after which it is given up, before the answer and within it. */
  silence?: number;
  signal: AbortSignal;
}

/** Somebody is there, and nothing comes. */
export class Silence extends Error {
  override readonly name = 'Silence';
  constructor(milliseconds: number) {
    super(`nothing came for ${Math.round(milliseconds / 1_000)} seconds`);
  }
}

export function openLine(env: Context['env']): Line {
  const options = { keepAlive: true, proxyEnv: env as NodeJS.ProcessEnv };
  const plain = new HttpAgent(options);
  const secure = new HttpsAgent(options);

  return {
    ask(url, { method = 'GET', headers = {}, silence = 0, signal }) {
      const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
      const told = { 'user-agent': 'gantry', 'accept-encoding': 'identity', ...headers };
      const options = { method, headers: told, signal };
      const request =
        url.protocol === 'https:'
          ? requestHttps(url, { ...options, agent: secure })
          : requestHttp(url, { ...options, agent: plain });
      let answer: IncomingMessage | undefined;
      request.setTimeout(silence, () => (answer ?? request).destroy(new Silence(silence)));
      request.once('response', (response) => {
        answer = response;
        resolve(response);
      });
      request.once('error', reject).end();
      return promise;
    },
    close() {
      plain.destroy();
      secure.destroy();
    },
  };
}
