import { isSecretName } from '#engines/core/secret.ts';
import { envError } from './errors.ts';

const NAME = /^[A-Za-z_]\w*$/;

/** `NAME=value`, each. Throws `variable-invalid` and `variable-secret`. */
export function variablesFrom(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(given.map(pairFrom));
}

/** Throws `variable-invalid` and `variable-secret`, never with the value. */
export function requireVariable(name: string): void {
  if (!NAME.test(name)) throw invalid(name);
  if (!isSecretName(name)) return;
  throw envError('variable-secret', `${name} looks like a secret, and was not kept.`, {
    next: ['gantry secrets link ~/.jos/secrets'],
  });
}

function pairFrom(text: string): [string, string] {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  if (at < 0) throw invalid(name);
  requireVariable(name);
  return [name, text.slice(at + 1)];
}

function invalid(name: string) {
  return envError('variable-invalid', `A variable is NAME=value, and not ${name}.`, {
    next: ['gantry env set GREETING=hello'],
  });
}
