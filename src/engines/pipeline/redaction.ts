import { isSecretName } from '#engines/core/secret.ts';

/** Shorter ones are no secrets, and stand in every text. */
const SHORTEST = 6;

/** Takes the secrets of an environment out of what a command writes, line by line. */
export function openRedaction(env: Readonly<Record<string, string | undefined>>): (line: string) => string {
  const secrets = Object.entries(env)
    .flatMap(([name, value = '']) => (isSecretName(name) ? value.split(/\r?\n/) : passwordsIn(value)))
    .filter((secret) => secret.length >= SHORTEST)
    .toSorted((a, b) => b.length - a.length);
  return (line) => secrets.reduce((text, secret) => text.replaceAll(secret, '***'), line);
}

/** Of the URLs in a text: `postgres://ada:password@host/`. */
function passwordsIn(value: string): string[] {
  return [...value.matchAll(/:\/\/[^\s/:@]*:([^\s/@]+)@/g)].map(([, password = '']) => password);
}
