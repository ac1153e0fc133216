import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import type { Context } from '#engines/core/context.ts';

/** Absolute, as a shell would find it; what has a slash is not looked for. */
export function findProgram(program: string, context: Context): string | undefined {
  if (program.includes('/')) return onlyRunnable(absoluteProgram(program, context));
  return (context.env.PATH ?? '')
    .split(delimiter)
    .filter(isAbsolute)
    .map((dir) => onlyRunnable(join(dir, program)))
    .find((file) => file !== undefined);
}

export function absoluteProgram(program: string, { workspace, cwd }: Context): string {
  return resolve(workspace ?? cwd, program);
}

function onlyRunnable(file: string): string | undefined {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
}
