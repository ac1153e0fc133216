import { createDecipheriv } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { quote } from '#engines/core/shell.ts';
import { secretsError } from './errors.ts';

/** By name, `<iv>:<cipher>`, both hexadecimal: AES-256-CBC, as the kernel `jos` writes it. */
const contentSchema = z.record(
  z.string().check(z.regex(/^[A-Za-z_]\w*$/)),
  z.string().check(z.regex(/^[0-9a-f]{32}:(?:[0-9a-f]{32})+$/i)),
);

const KEY = /^[0-9a-f]{64}$/i;

/** Names of what a vault has, in order. Throws `vault-missing`, `vault-open`, `vault-unreadable`. */
export function namesInVault(directory: string): string[] {
  return Object.keys(open(directory).content).toSorted();
}

/** The secrets of a vault. They go into the environment of a process and nowhere else. */
export function secretsIn(directory: string): Record<string, string> {
  const { key, content } = open(directory);
  return Object.fromEntries(
    Object.entries(content).map(([name, text]) => [name, decrypted(directory, { name, text, key })]),
  );
}

interface Vault {
  key: Buffer;
  content: z.output<typeof contentSchema>;
}

function open(directory: string): Vault {
  const keyFile = join(directory, '.master');
  const info = statSync(keyFile, { throwIfNoEntry: false });
  if (!info) throw missing(directory);
  if ((info.mode & 0o077) !== 0) {
    throw secretsError('vault-open', `Others can read the key of the vault ${directory}.`, {
      next: [`chmod 600 ${quote(keyFile)}`],
    });
  }
  const key = textOf(keyFile, directory).trim();
  if (!KEY.test(key)) throw unreadable(directory, 'its key is not one of 32 bytes');
  return { key: Buffer.from(key, 'hex'), content: contentOf(directory) };
}

function contentOf(directory: string): Vault['content'] {
  const text = textOf(join(directory, 'vault.json'), directory);
  try {
    return z.parse(contentSchema, JSON.parse(text));
  } catch {
    throw unreadable(directory, 'vault.json is not what the kernel writes');
  }
}

function textOf(file: string, directory: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw missing(directory);
  }
}

function decrypted(
  directory: string,
  { name, text, key }: { name: string; text: string; key: Buffer },
): string {
  const [iv = '', cipher = ''] = text.split(':');
  try {
    const decipher = createDecipheriv('aes-256-cbc', key, Buffer.from(iv, 'hex'));
    return decipher.update(cipher, 'hex', 'utf8') + decipher.final('utf8');
  } catch {
    throw unreadable(directory, `${name} was not written with its key`);
  }
}

function missing(directory: string) {
  return secretsError('vault-missing', `There is no vault at ${directory}.`, {
    next: ['ls -la ~/.jos/secrets'],
  });
}

function unreadable(directory: string, why: string) {
  return secretsError('vault-unreadable', `The vault ${directory} can't be read: ${why}.`, {
    next: [`ls -la ${quote(directory)}`],
  });
}
