import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { processError } from '../errors.ts';
import { runOf } from '../observe.ts';
import { supervisor } from '../supervisor.ts';
import { recordOf } from './left.ts';

type Signal = Application<{ name: string; signal: string; run: string }>;

/** A signal leaves no trace that could be told from another's. */
export async function checkSignal(): Promise<'unknown'> {
  return 'unknown';
}

export async function applySignal({ args }: Signal, context: Context): Promise<Applied> {
  const { name, signal, run } = args;
  const record = recordOf(context, name);
  if (record && runOf(record) !== run) {
    throw processError('process-reused', `${name} has been started anew since.`, {
      next: [`gantry process inspect ${name}`],
    });
  }
  await context.use(supervisor).signal(name, signal as NodeJS.Signals);
  return { summary: `sent ${signal}` };
}
