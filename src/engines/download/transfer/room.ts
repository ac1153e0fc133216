import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { quote } from '#engines/core/shell.ts';
import { downloadError } from '../errors.ts';

/** Throws `disk-full` where so many bytes do not fit below a directory, which may be still to be made. */
export async function requireRoom(directory: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(existing(directory));
  const free = bavail * bsize;
  if (bytes <= free) return;
  const message = `${directory} has ${gigabytes(free)} to spare, and ${gigabytes(bytes)} are to come.`;
  throw downloadError('room-short', message, {
    next: [`df -h ${quote(existing(directory))}`, 'gantry models usage'],
    details: { directory, needed: bytes, free },
  });
}

function existing(path: string): string {
  return existsSync(path) ? path : existing(dirname(path));
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(2)} GB`;
}
