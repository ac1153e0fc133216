import type { Context } from '#engines/core/context.ts';
import { absoluteProgram, findProgram } from '#engines/process/program.ts';
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

/** A worker runs in another directory than its caller. */
function withPlace([program = '', ...args]: string[], context: Context): string[] {
  return [program.includes('/') ? absoluteProgram(program, context) : program, ...args];
}
