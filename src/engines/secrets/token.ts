import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { quote } from '#engines/core/shell.ts';
import { secretsError } from './errors.ts';

/** Bytes of chance. */
const STRENGTH = 32;

/** The token in a file that this user alone can read; made where there is none. Throws `token-unusable`. */
export function ensureToken(file: string): string {
  return readToken(file) ?? made(file);
}

/** The same where there is one. */
export function readToken(file: string): string | undefined {
  const handle = opened(file);
  if (handle === undefined) return undefined;
  try {
    const found = fstatSync(handle);
    if (!found.isFile()) throw unusable(file, 'is no file');
    if ((found.mode & 0o077) !== 0) throw unusable(file, 'can be read by others');
    const text = readFileSync(handle, 'utf8').trim();
    if (text === '') throw unusable(file, 'is empty');
    return text;
  } finally {
    closeSync(handle);
  }
}

/** Takes as long whatever the difference is. */
export function isSameToken(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

/** It appears whole under its name; of two that make it at once, one is the first. */
function made(file: string): string {
  const unready = `${file}.${process.pid}`;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  rmSync(unready, { force: true });
  writeFileSync(unready, `${randomBytes(STRENGTH).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(unready, file);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
  } finally {
    rmSync(unready, { force: true });
  }
  const token = readToken(file);
  if (token === undefined) throw unusable(file, 'was taken away at once');
  return token;
}

function opened(file: string): number | undefined {
  try {
    return openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw unusable(file, `could not be read (${code})`);
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function unusable(file: string, why: string) {
  return secretsError('token-unusable', `The token ${file} ${why}.`, {
    next: [`ls -l ${quote(file)}`, `rm ${quote(file)}`],
  });
}
