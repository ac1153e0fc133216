import { userInfo } from 'node:os';
import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { quote } from '#engines/core/shell.ts';
import { daemonError } from '../errors.ts';
import { lingerSet } from './linger.ts';
import { readLingering, run, said } from './read.ts';

type Linger = Application<{ on: boolean }>;

export async function checkLinger({ args: { on } }: Linger, context: Context): Promise<Applied | undefined> {
  return (await readLingering(context)) === on ? applied(on) : undefined;
}

export async function applyLinger({ args: { on } }: Linger, context: Context): Promise<Applied> {
  const ended = await run(context, lingerSet(on));
  if (ended.exitCode === 0) return applied(on);
  const verb = on ? 'enable-linger' : 'disable-linger';
  throw daemonError('linger-refused', `Lingering could not be turned ${on ? 'on' : 'off'}: ${said(ended)}`, {
    next: [`sudo loginctl ${verb} ${quote(userInfo().username)}`],
  });
}

function applied(on: boolean): Applied {
  return { summary: `lingering is ${on ? 'on' : 'off'}` };
}
