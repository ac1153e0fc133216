import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, type ProcessIdentity } from '#engines/store/process.ts';

/** What stands at the beginning of a log's index. */
export interface Header {
  /** Everything before this position was given back; a line begins here. */
  given: number;
  /** A process that starts begins another file where the last one has so many bytes; 0: it goes on in that one. */
  turn: number;
  /** The process that watches the log and has samples of all that was written until a moment ago. */
  watched: ProcessIdentity | undefined;
}

/** Version, given, turn, pid and start of the watcher: little-endian doubles. */
export const HEADER_BYTES = 40;

const VERSION = 1;

export function indexFile(dir: string): string {
  return join(dir, 'index');
}

export function readHeader(dir: string): Header | undefined {
  const bytes = Buffer.alloc(HEADER_BYTES);
  let file: number;
  try {
    file = openSync(indexFile(dir), 'r');
  } catch {
    return undefined;
  }
  try {
    readSync(file, bytes, 0, HEADER_BYTES, 0);
  } finally {
    closeSync(file);
  }
  return headerIn(bytes);
}

/** Where a log begins by now, as far as its last position allows that: somebody may have emptied it since. */
export function beginningOf(dir: string, end: number): number {
  const given = readHeader(dir)?.given ?? 0;
  return given <= end ? given : 0;
}

/** Nothing where there is no header, or that of another version. */
export function headerIn(bytes: Buffer): Header | undefined {
  if (bytes.length < HEADER_BYTES || bytes.readDoubleLE(0) !== VERSION) return undefined;
  const [given, turn, pid, start] = [8, 16, 24, 32].map((at) => bytes.readDoubleLE(at));
  return { given: given ?? 0, turn: turn ?? 0, watched: pid ? `${pid}@${start}` : undefined };
}

export function headerBytes({ given, turn, watched }: Header): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  const [pid = 0, start = 0] = watched?.split('@').map(Number) ?? [];
  for (const [index, value] of [VERSION, given, turn, pid, start].entries())
    bytes.writeDoubleLE(value, index * 8);
  return bytes;
}

export function isWatched({ watched }: Header): boolean {
  return watched !== undefined && isAlive(watched);
}
