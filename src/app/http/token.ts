import { join } from 'node:path';
import type { Paths } from '#engines/core/context.ts';
import { ensureToken, isSameToken } from '#engines/secrets/token.ts';

const BEARER = /^Bearer +(\S+) *$/i;

/** A server's token: whoever has it may ask what only its owner may. */
export interface Token {
  /** Where it stands, for people; it is said nowhere. */
  readonly file: string;
  /** Whether an `Authorization` header brings it. Throws `token-unusable`. */
  admits(authorization: string | undefined): boolean;
}

/** Made when it is first needed, and again after its file was taken away. */
export function openToken({ state }: Pick<Paths, 'state'>, server: string): Token {
  const file = join(state, `${server}.token`);
  return {
    file,
    admits(authorization) {
      const token = ensureToken(file);
      const given = bearerIn(authorization);
      return given !== undefined && isSameToken(given, token);
    },
  };
}

export function bearerIn(authorization: string | undefined): string | undefined {
  return BEARER.exec(authorization ?? '')?.[1];
}
