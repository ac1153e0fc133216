import { createHash } from 'node:crypto';
import { isSecretName } from '#engines/core/secret.ts';
import type { Definition } from '#engines/service/jos/artifact.ts';
import type { HttpArgs } from '../types.ts';

type Http = Extract<Definition, { type: 'http' }>;

/** Methods that are there to be asked with (RFC 9110, 9.2.1). */
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

export function isSafe(method: string): boolean {
  return SAFE.has(method);
}

/** The request of a step, with what nobody may read in a plan kept out of it; or why it can't be made. */
export function requestOf({
  url,
  method,
  headers,
  body,
}: Http): Pick<HttpArgs, 'url' | 'method' | 'headers' | 'withheld' | 'body'> | string {
  const place = URL.parse(url);
  if (!place || !/^https?:$/.test(place.protocol)) return `${JSON.stringify(url)} is no http or https URL`;
  if (place.username || place.password) return 'its URL has a password in it';
  if (!/^[A-Z]+$/.test(method)) return `${JSON.stringify(method)} is no method`;
  const entries = Object.entries(headers);
  const wrong = entries.find(([name, value]) => !isHeader(name, value));
  if (wrong) return `${JSON.stringify(wrong[0])} can be no header`;
  const [withheld, plain] = [true, false].map((secret) =>
    entries.filter(([name]) => isSecretName(name) === secret),
  ) as [typeof entries, typeof entries];
  return {
    url,
    method,
    headers: Object.fromEntries(plain),
    withheld: Object.fromEntries(withheld.map(([name, value]) => [name, digestOf(value)])),
    body: body ?? null,
  };
}

export function digestOf(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}

function isHeader(name: string, value: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}
