import { closeSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { LogFile } from './open.ts';

/** Positions from `begin` up to, and without, `end`. */
export interface Range {
  begin: number;
  end: number;
}

export interface Block {
  /** Written over by the next block. */
  bytes: Buffer;
  position: number;
  /** Bytes before it were given back: a line begins here, whatever was begun. */
  afresh: boolean;
}

const BLOCK = 256 * 1024;
const SMALL_BLOCK = 16 * 1024;
const NEWLINE = 0x0a;

/**
 * The bytes of a range. What is given back turns into zeros while it is being read; since the position that it reaches to is written
 * down before, a look at that position after the zeros were seen tells them from a line.
 */
export async function* blocksOf(
  { file, base }: LogFile,
  { begin, end }: Range,
  given: () => number,
): AsyncGenerator<Block> {
  await using handle = await opened(file);
  if (!handle) return;
  const buffer = Buffer.allocUnsafe(Math.min(BLOCK, Math.max(0, end - begin)));
  for (let position = begin; position < end; ) {
    const length = Math.min(buffer.length, end - position);
    const { bytesRead } = await handle.read(buffer, 0, length, position - base);
    if (bytesRead === 0) return;
    const bytes = buffer.subarray(0, bytesRead);
    const start = bytes.includes(0) ? given() : 0;
    const afresh = start > position;
    const skipped = afresh ? Math.min(start - position, bytesRead) : 0;
    yield { bytes: bytes.subarray(skipped), position: position + skipped, afresh };
    position = Math.max(position + bytesRead, start);
  }
}

/** The first position from `from` on where a line begins; the end of the range where none does. */
export async function lineStartAfter({ file, base }: LogFile, { begin, end }: Range): Promise<number> {
  if (begin <= base) return base;
  await using handle = await opened(file);
  if (!handle) return end;
  const buffer = Buffer.allocUnsafe(SMALL_BLOCK);
  for (let position = begin - 1; position < end; ) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position - base);
    const newline = buffer.subarray(0, bytesRead).indexOf(NEWLINE);
    if (newline >= 0) return Math.min(position + newline + 1, end);
    if (bytesRead === 0) return end;
    position += bytesRead;
  }
  return end;
}

/** The last position up to `end` where a line begins; the beginning of the range where none does. */
export async function lineStartBefore({ file, base }: LogFile, { begin, end }: Range): Promise<number> {
  await using handle = await opened(file);
  if (!handle) return begin;
  const buffer = Buffer.allocUnsafe(SMALL_BLOCK);
  for (let position = end; position > begin; ) {
    const length = Math.min(buffer.length, position - begin);
    const { bytesRead } = await handle.read(buffer, 0, length, position - length - base);
    const newline = buffer.subarray(0, bytesRead).lastIndexOf(NEWLINE);
    if (newline >= 0) return position - length + newline + 1;
    position -= length;
  }
  return begin;
}

/**
 * Whether a file has other content than when its first bytes were given back: a line began behind them, so that the
 * last of them is a line end or, once it is gone, a zero.
 */
export function isRegrown({ file, base }: LogFile, given: number): boolean {
  if (given <= base) return false;
  const byte = Buffer.alloc(1);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, byte, 0, 1, given - base - 1);
  } finally {
    closeSync(handle);
  }
  return byte[0] !== 0 && byte[0] !== NEWLINE;
}

/** Nothing where the file was given back by now. */
async function opened(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw thrown;
  }
}
