import { createHmac } from 'node:crypto';
import type { Paths } from '#engines/core/context.ts';
import type { Event } from '#engines/job/runs.ts';
import { ensureToken, isSameToken } from '#engines/secrets/token.ts';
import type { DefinitionOf } from './definition.ts';
import { eventOf, keepInput } from './event.ts';
import { tokenFile } from './files.ts';

/** A request as it came. */
export interface Post {
  /** Of the `Authorization` header. */
  bearer: string | undefined;
  /** `sha256=` and the HMAC of the body, of `X-Hub-Signature-256`. */
  signature: string | undefined;
  headers: Iterable<readonly [string, string]>;
  query: Iterable<readonly [string, string]>;
  body: Uint8Array;
}

/** Compared with where there is no such webhook: that takes as long. */
const NOBODY = 'nobody has this one';

/** Whether it brings the token of the webhook, or is signed with it. */
export function isFrom(
  webhook: DefinitionOf<'webhook'> | undefined,
  { bearer, signature, body }: Post,
  paths: Pick<Paths, 'state'>,
): boolean {
  const token = webhook ? ensureToken(tokenFile(paths, webhook.name)) : NOBODY;
  const isSigned = signature !== undefined && isSameToken(signature, signatureOf(body, token));
  const brings = bearer !== undefined && isSameToken(bearer, token);
  return webhook !== undefined && (brings || (isSigned && webhook.occasion.signed));
}

/** As GitHub signs what it posts. */
export function signatureOf(body: Uint8Array, token: string): string {
  return `sha256=${createHmac('sha256', token).update(body).digest('hex')}`;
}

/** Who sends knows what it sends; what proves who it is goes no further. */
const WITHHELD = /^(authorization|proxy-authorization|cookie|x-hub-signature(-256)?)$/i;

export function postEvent(
  { name }: DefinitionOf<'webhook'>,
  { headers, query, body }: Post,
  paths: Pick<Paths, 'state'>,
): Event {
  const told = [
    ...[...query].map(([key, value]) => [`query_${key}`, value] as const),
    ...[...headers]
      .filter(([key]) => !WITHHELD.test(key))
      .map(([key, value]) => [`header_${key}`, value] as const),
  ].map(([key, value]) => [key, value.replaceAll('\n', ' ')] as const);
  const variables = Object.fromEntries(told);
  const said = `a request with ${body.length} bytes`;
  return eventOf({ name, on: 'webhook', said, variables, input: keepInput(body, paths) });
}
