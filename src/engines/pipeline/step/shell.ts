import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { ShellArgs } from '../types.ts';
import { runCommand } from './command.ts';
import { perform } from './perform.ts';
import { checkStep } from './witnessed.ts';

export function applyShell(application: Application<ShellArgs>, context: Context): Promise<Applied> {
  const { argv, cwd } = application.args;
  const target = application.target.name;
  return perform(application, context, {
    code: 'step-failed',
    once: ({ signal, log, env }) => {
      context.report({ kind: 'command', target, argv, cwd });
      return runCommand({ argv, cwd, env, signal, heard: log.line });
    },
  });
}

/** Nobody can tell how far a command came that has left no end in its witness: it is not run twice. */
export async function checkShell(
  application: Application<ShellArgs>,
  context: Context,
): Promise<Applied | 'unknown'> {
  return (await checkStep(application, context)) ?? 'unknown';
}
