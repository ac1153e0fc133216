import { basename, resolve } from 'node:path';
import * as z from 'zod/mini';
import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { shellArgv, wordsIn } from '#engines/core/shell.ts';
import { variablesFrom } from '#engines/env/variables.ts';
import { callersPath } from './environment.ts';
import { processStart } from './operations.ts';
import { specSchema } from './spec.ts';
import { processTarget } from './step.ts';

interface RunInput {
  command: string;
  name?: string;
  directory?: string;
  set?: string[];
  stdin?: string;
}

/** One run of a line for the shell; whatever runs under that name already is refused where it is started. */
export async function planRun(
  { command, name, directory = '.', set = [], stdin }: RunInput,
  context: Context,
): Promise<Draft> {
  const own = name ?? nameOf(command);
  const spec = z.parse(specSchema, {
    ...{ name: own, kind: 'command', owner: own, workspace: context.workspace ?? null, about: command },
    argv: shellArgv(command),
    cwd: resolve(context.cwd, directory),
    env: { ...callersPath(context), ...variablesFrom(set) },
    stdin: stdin === undefined ? null : resolve(context.cwd, stdin),
    restart: { policy: 'never' },
  });
  const start = call(processStart, { spec, wait: false });
  return { workspace: null, steps: [{ id: `${own}/1`, target: processTarget(own), expects: [], ...start }] };
}

/** The program that the line begins with. */
function nameOf(command: string): string {
  const program = basename(wordsIn(command)[0] ?? '').replaceAll(/[^A-Za-z0-9._-]+/g, '-');
  return /^[A-Za-z0-9]/.test(program) ? program : 'command';
}
