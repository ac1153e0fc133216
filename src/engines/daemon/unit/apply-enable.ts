import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { daemonUnitEnabled } from '../facts.ts';
import { type ManagerId, managerOf } from './manager.ts';
import { readUnit } from './read.ts';
import { tell } from './tell.ts';

type Enable = Application<{ manager: ManagerId; file: string; enabled: boolean }>;

export async function checkEnable({ args }: Enable, context: Context): Promise<Applied | undefined> {
  return (await readUnit(context))?.enabled === args.enabled ? applied(args.enabled) : undefined;
}

export async function applyEnable({ args }: Enable, context: Context): Promise<Applied> {
  const { enable, disable } = managerOf(args.manager);
  await tell(context, args.enabled ? enable(args.file) : disable());
  return applied(args.enabled);
}

export async function readEnabled(_: unknown, __: unknown, context: Context): Promise<string> {
  return answerFor((await readUnit(context))?.enabled ?? false);
}

function applied(enabled: boolean): Applied {
  const answer = answerFor(enabled);
  return { summary: answer, leaves: [expect(daemonUnitEnabled, {}, answer)] };
}

function answerFor(enabled: boolean): string {
  return enabled ? 'enabled' : 'disabled';
}
