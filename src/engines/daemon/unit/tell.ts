import type { Context } from '#engines/core/context.ts';
import { shellText } from '#engines/core/shell.ts';
import { daemonError } from '../errors.ts';
import { run, said } from './read.ts';

/** Has a program of the system do something. Throws `manager-failed`. */
export async function tell(context: Context, argv: readonly string[]): Promise<void> {
  const ended = await run(context, argv);
  if (ended.exitCode === 0) return;
  throw daemonError('manager-failed', `${shellText(argv)} failed: ${said(ended)}`, {
    next: [shellText(argv), 'gantry doctor daemon'],
  });
}
