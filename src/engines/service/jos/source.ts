import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { quote } from '#engines/core/shell.ts';
import { serviceError } from '../errors.ts';

/** Bytes of an artifact, or of its manifest, that are read at most. */
export const MAX_BYTES = 1_048_576;

export interface Source {
  /** Absolute and without links. */
  path: string;
  text: string;
  /** Of the bytes, hexadecimal. */
  sha256: string;
}

/** The text of a file of bounded size. What it is a link to is read; a device or a pipe is not. */
export async function readSource(file: string): Promise<Source> {
  const path = await realpath(file).catch((thrown: NodeJS.ErrnoException) => {
    throw thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR' ? missing(file) : unreadable(file, thrown);
  });
  const bytes = await readBounded(path);
  return { path, text: textOf(bytes, path), sha256: sha256Of(bytes) };
}

export function sha256Of(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function missing(file: string) {
  return serviceError('artifact-missing', `There is no file ${file}.`, {
    next: [`ls -la ${quote(dirname(file))}`],
    details: { path: file },
  });
}

async function readBounded(path: string): Promise<Buffer> {
  try {
    // Without waiting for somebody to write into it, should it be a pipe.
    await using handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    return await readWhole(handle, path);
  } catch (thrown) {
    throw (thrown as NodeJS.ErrnoException).code === undefined ? thrown : unreadable(path, thrown as Error);
  }
}

async function readWhole(handle: FileHandle, path: string): Promise<Buffer> {
  if (!(await handle.stat()).isFile()) throw unreadable(path, new Error('it is no regular file'));
  const bytes = Buffer.allocUnsafe(MAX_BYTES + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
    length += bytesRead;
    if (length > MAX_BYTES) throw tooLarge(path);
    if (bytesRead === 0) return bytes.subarray(0, length);
  }
}

function textOf(bytes: Buffer, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw unreadable(path, new Error('it is not UTF-8 text'));
  }
}

function tooLarge(path: string) {
  return serviceError('artifact-too-large', `${path} has more than ${MAX_BYTES} bytes.`, {
    next: [`wc -c ${quote(path)}`],
    details: { path, most: MAX_BYTES },
  });
}

function unreadable(path: string, cause: Error) {
  return serviceError('artifact-unreadable', `${path} could not be read: ${cause.message}.`, {
    next: [`ls -l ${quote(path)}`],
    details: { path },
    cause,
  });
}
