import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { workerError } from '../errors.ts';
import type { Backend } from './template.ts';

/** The first form of a backend's command whose program is there. Throws `backend-missing`. */
export function requireCommand({ name, commands }: Backend, context: Context): string[] {
  const found = commands.find(([program = '']) => findProgram(program, context) !== undefined);
  if (found) return withPlace(found, context);
  const programs = commands.map(([program]) => program).join(' nor ');
  const was = commands.length > 1 ? `Neither ${programs} was` : `${programs} was not`;
  throw workerError('backend-missing', `${was} found, which ${name} workers run.`, {
    next: ['gantry worker backends', 'echo $PATH'],
    details: { programs: commands.map(([program = '']) => program) },
  });
}

/** Absolute, as a shell would find it; what has a slash is not looked for. */
export function findProgram(program: string, context: Context): string | undefined {
  if (program.includes('/')) return onlyRunnable(absolute(program, context));
  return (context.env.PATH ?? '')
    .split(delimiter)
    .filter(isAbsolute)
    .map((dir) => onlyRunnable(join(dir, program)))
    .find((file) => file !== undefined);
}

/** A worker runs in another directory than its caller. */
function withPlace([program = '', ...args]: string[], context: Context): string[] {
  return [program.includes('/') ? absolute(program, context) : program, ...args];
}

function absolute(program: string, { workspace, cwd }: Context): string {
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
