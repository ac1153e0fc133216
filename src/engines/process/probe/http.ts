import { get as getPlain, STATUS_CODES } from 'node:http';
import { get as getSecure } from 'node:https';
import type { Probe } from '../spec.ts';
import type { Answer, Asked } from './probe.ts';

/** A redirect is an answer: what is behind it is somebody else's health. */
export function askHttp(
  { url }: Pick<Extract<Probe, { kind: 'http' }>, 'url'>,
  { signal }: Pick<Asked, 'signal'>,
): Promise<Answer> {
  const get = url.startsWith('https:') ? getSecure : getPlain;
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  get(url, { signal, agent: false }, (response) => {
    const status = response.statusCode ?? 0;
    response.destroy();
    resolve({ ok: status < 400, said: `${status} ${STATUS_CODES[status] ?? ''}`.trim() });
  }).once('error', reject);
  return promise;
}
