import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Paths } from '#engines/core/context.ts';
import { isRecord } from '#engines/core/json.ts';
import { quote } from '#engines/core/shell.ts';
import { configError } from './errors.ts';
import { type Place, placeAt } from './place.ts';

export const FILE_NAME = 'config';

export function userFile(paths: Paths): string {
  return join(paths.config, `${FILE_NAME}.json`);
}

export interface UserFile {
  file: string;
  text: string;
  data: Record<string, unknown>;
}

/** The user's settings as they stand in the file; nothing where there is no file. */
export async function readUserFile(paths: Paths): Promise<UserFile> {
  const file = userFile(paths);
  const text = textOf(file);
  return { file, text, data: text.trim() === '' ? {} : parsed(file, text) };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw configError(
      'settings-unreadable',
      `The settings in ${file} could not be read: ${(thrown as Error).message}.`,
      {
        next: [`ls -l ${quote(file)}`],
        cause: thrown,
      },
    );
  }
}

function parsed(file: string, text: string): Record<string, unknown> {
  try {
    const data: unknown = JSON.parse(text);
    if (isRecord(data)) return data;
  } catch (thrown) {
    throw brokenAt(file, placeAt(text, offsetIn(thrown, text)), 'it is no JSON');
  }
  throw brokenAt(file, { line: 1, column: 1 }, 'it is no JSON object');
}

export function brokenAt(file: string, { line, column }: Place, reason: string) {
  return configError('settings-broken', `${file}:${line}:${column}: ${reason}.`, {
    next: ['gantry config edit'],
    details: { file, line, column },
  });
}

/** The engine names the position in its message, or none where the text ends too soon. */
function offsetIn(thrown: unknown, text: string): number {
  const position = / position (\d+)/.exec((thrown as Error).message)?.[1];
  return position === undefined ? text.length : Number(position);
}
