import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { gitBranch } from '../facts.ts';
import { placeOf, readBranch } from '../observe.ts';
import { git } from '../run.ts';
import { unbornArgs } from './argv.ts';

type Naming = Application<{ from: string; to: string }>;

export async function checkUnborn({ args, target }: Naming, context: Context): Promise<Applied | undefined> {
  return (await readBranch({}, target, context)) === args.to ? named(args) : undefined;
}

export async function applyUnborn({ args, target }: Naming, context: Context): Promise<Applied> {
  await git(context, { cwd: placeOf(target), mode: 'write', target: target.name, args: unbornArgs(args) });
  return named(args);
}

function named({ to }: { to: string }): Applied {
  return { summary: `on ${to}, which has no commit yet`, leaves: [expect(gitBranch, {}, to)] };
}
