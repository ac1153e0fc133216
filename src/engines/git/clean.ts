import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { type Cleaning, cleanArgs } from './argv.ts';
import { readUntracked } from './changes.ts';
import { gitUntracked } from './facts.ts';
import { worktreeNow } from './leaves.ts';
import { placeOf } from './observe.ts';
import { git } from './run.ts';
import { keepWorkSince } from './snapshot.ts';
import { counted } from './words.ts';

/** Deleting again what is gone changes nothing; what was made here in between is kept. */
export async function checkClean(application: Application<Cleaning>, context: Context): Promise<undefined> {
  await keepWorkSince(application, context, application.args.ignored);
  return undefined;
}

export async function applyClean(
  { args, target }: Application<Cleaning>,
  context: Context,
): Promise<Applied> {
  const cwd = placeOf(target);
  for (const command of cleanArgs(args)) {
    await git(context, { cwd, mode: 'write', target: target.name, args: command });
  }
  return {
    summary: `${counted(args.paths.length, 'path')} deleted`,
    result: { paths: [...args.paths] },
    leaves: [
      ...(await worktreeNow(context, target)),
      expect(gitUntracked, { ignored: args.ignored }, await readUntracked(args, target, context)),
    ],
  };
}
