import { stripVTControlCharacters } from 'node:util';
import { visible } from '#engines/core/visible.ts';
import type { LogEvent } from '#engines/process/types.ts';

interface LogsInput {
  names?: readonly string[];
  timestamps?: boolean;
}

/** Lines of one log as they were written, of several behind the name of each; colours are left out. */
export function logPrinter({ names = [], timestamps = false }: LogsInput): (event: LogEvent) => string {
  const widths = new Set<string>();
  return ({ process, at, approximate, text }) => {
    widths.add(process);
    const isOneOfMany = names.length !== 1 || widths.size > 1 || !names.includes(process);
    const width = Math.max(...[...widths].map((name) => name.length));
    return [
      isOneOfMany ? `${process.padEnd(width)} |` : '',
      timestamps ? timeWords(at, approximate) : '',
      visible(stripVTControlCharacters(text)),
    ]
      .filter((part, index) => index === 2 || part !== '')
      .join(' ');
  };
}

function timeWords(at: number | null, approximate: boolean): string {
  if (at === null) return '?';
  return `${approximate ? '~' : ''}${new Date(at).toISOString()}`;
}
