import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { gitRef } from '../facts.ts';
import { placeOf, resolveCommit } from '../observe.ts';
import { git } from '../run.ts';
import { renameArgs } from './argv.ts';
import { refOf } from './create.ts';

type Renaming = Application<{ from: string; to: string; oid: string }>;

export async function checkRename(
  { args, target }: Renaming,
  context: Context,
): Promise<Applied | undefined> {
  const cwd = placeOf(target);
  const [from, to] = await Promise.all([
    resolveCommit(context, cwd, refOf(args.from)),
    resolveCommit(context, cwd, refOf(args.to)),
  ]);
  return from === undefined && to === args.oid ? renamed(args) : undefined;
}

export async function applyRename({ args, target }: Renaming, context: Context): Promise<Applied> {
  const cwd = placeOf(target);
  await git(context, { cwd, mode: 'write', target: target.name, args: renameArgs(args) });
  return renamed(args);
}

function renamed({ from, to, oid }: Renaming['args']): Applied {
  return {
    summary: `${from} is now ${to}`,
    leaves: [expect(gitRef, { ref: refOf(from) }, 'absent'), expect(gitRef, { ref: refOf(to) }, oid)],
  };
}
