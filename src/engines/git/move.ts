import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Target } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { moveArgs } from './argv.ts';
import { decodePath } from './bytes.ts';
import { gitError } from './errors.ts';
import { gitRef } from './facts.ts';
import { filesInTheWay } from './in-the-way.ts';
import { headNow } from './leaves.ts';
import { headRef, placeOf, resolveCommit } from './observe.ts';
import { git } from './run.ts';

type Move = Application<{ from: string; to: string }>;

export async function checkMove({ args, target }: Move, context: Context): Promise<Applied | undefined> {
  const head = await resolveCommit(context, placeOf(target), 'HEAD');
  return head === args.to ? moved(args.to, target, context) : undefined;
}

export async function applyMove({ args, target }: Move, context: Context): Promise<Applied> {
  const cwd = placeOf(target);
  const head = await resolveCommit(context, cwd, 'HEAD');
  if (head !== args.from) {
    throw gitError('branch-moved', `HEAD is ${head ?? 'unborn'}, not ${args.from}.`, {
      next: [`git -C ${quote(cwd)} log --oneline -5`],
    });
  }
  const [obstacle] = await filesInTheWay(context, cwd, args.to);
  if (obstacle !== undefined) {
    throw gitError('changes-in-the-way', `${cwd} has a file that is not tracked and would be replaced.`, {
      next: [`ls -l ${quote(`${cwd}/${decodePath(obstacle) ?? obstacle}`)}`],
    });
  }
  await git(context, { cwd, mode: 'write', target: target.name, args: moveArgs(args) });
  return moved(args.to, target, context);
}

async function moved(to: string, target: Target, context: Context): Promise<Applied> {
  const [ref, leaves] = await Promise.all([headRef(context, placeOf(target)), headNow(context, target)]);
  return {
    summary: `now at ${to.slice(0, 10)}`,
    leaves: ref === undefined ? leaves : [...leaves, expect(gitRef, { ref }, to)],
  };
}
