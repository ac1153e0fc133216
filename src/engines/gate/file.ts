import { type Stats, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { quote } from '#engines/core/shell.ts';
import { gateError } from './errors.ts';

export interface File {
  /** Absolute. */
  file: string;
  size: number;
  /** Milliseconds since the epoch. */
  modified: number;
}

/** Throws `gate-file` where there is nothing to send. */
export function fileAt(path: string, { cwd }: Pick<Context, 'cwd'>): File {
  const file = resolve(cwd, path);
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile() && found.size > 0) return { file, size: found.size, modified: found.mtimeMs };
  throw gateError('gate-file', `${path} ${problemOf(found)}.`, {
    next: [`ls -l ${quote(path)}`],
    details: { path },
  });
}

export function fileText({ size, modified }: Pick<File, 'size' | 'modified'>): string {
  return `${size} bytes of ${Math.floor(modified)}`;
}

export async function readFileFact({ file }: { file: string }): Promise<string> {
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.isFile() ? fileText({ size: found.size, modified: found.mtimeMs }) : 'none';
}

function problemOf(found: Stats | undefined): string {
  if (!found) return 'is not there';
  return found.isFile() ? 'is empty' : 'is no file';
}
