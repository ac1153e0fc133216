import { mkdirSync, openSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readHeader } from './header.ts';

/**
 * One file of a log. Its name says which position its first byte has, so that positions stay true over all files;
 * a process that runs writes to the last one, and no file is ever renamed.
 */
export interface LogFile {
  file: string;
  /** Position of its first byte. */
  base: number;
  /** Position behind its last byte. */
  end: number;
  /** Milliseconds since the epoch. */
  born: number;
  modified: number;
  /** Bytes that it takes on the disk. */
  allocated: number;
}

/** A file never comes near the length that a file system allows (ext4: 16 TiB). */
const LONGEST = 2 ** 40;

/** Positions between two files, which a process that stays behind in the older one may still fill. */
const ROOM = 2 ** 32;

/**
 * The descriptor for a process's output; whatever writes to it adds to the end of the log. The process that starts next
 * goes on in the same file, unless that one is too long or can't be shortened.
 */
export function openForWriting(dir: string): number {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const newest = filesOf(dir).at(-1);
  const turn = readHeader(dir)?.turn || LONGEST;
  const isOver = newest && newest.end - newest.base >= Math.min(turn, LONGEST);
  const base = isOver ? (Math.floor(newest.end / ROOM) + 1) * ROOM : (newest?.base ?? 0);
  return openSync(join(dir, nameOf(base)), 'a', 0o600);
}

/** The file that a process that runs writes to, whether there is one yet or not. */
export function logFile(dir: string): string {
  return join(dir, namesIn(dir).at(-1) ?? nameOf(0));
}

/** The files of a log, oldest first. */
export function filesOf(dir: string): LogFile[] {
  return namesIn(dir).flatMap((name) => {
    const file = join(dir, name);
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!stat) return [];
    const base = Number.parseInt(name, 10);
    const { size, birthtimeMs: born, mtimeMs: modified, blocks } = stat;
    return { file, base, end: base + size, born, modified, allocated: blocks * 512 };
  });
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir)
      .filter((name) => /^\d{16}\.log$/.test(name))
      .sort();
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw thrown;
  }
}

function nameOf(base: number): string {
  return `${String(base).padStart(16, '0')}.log`;
}
