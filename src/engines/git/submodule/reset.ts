import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Target } from '#engines/core/plan.ts';
import { placeOf, readBranch, readHead } from '../observe.ts';
import { git } from '../run.ts';
import { changedBetween, refuseWorkSince } from '../since.ts';
import { snapshotBefore } from '../snapshot.ts';
import { resetArgs } from './argv.ts';
import { aroundOf, countEdits, submoduleNow } from './observe.ts';

type Reset = Application<{ path: string; to: string }>;

/** It happened if it is detached there with nothing changed. Resetting again is as good, unless somebody has worked here since. */
export async function checkReset(application: Reset, context: Context): Promise<Applied | undefined> {
  const { args, target } = application;
  if (await isReset(context, target, args.to)) return reset(args, target, context);
  const before = await snapshotBefore(application, context);
  const cwd = placeOf(target);
  if (before) refuseWorkSince(cwd, await changedBetween(context, { cwd, before, goal: args.to }));
  return undefined;
}

export async function isReset(context: Context, target: Target, to: string): Promise<boolean> {
  const [head, branch, edits] = await Promise.all([
    readHead({}, target, context),
    readBranch({}, target, context),
    countEdits(context, placeOf(target)),
  ]);
  return head === to && branch === 'detached' && edits === 0;
}

export async function applyReset({ args, target }: Reset, context: Context): Promise<Applied> {
  const cwd = aroundOf(target, args.path);
  await git(context, { cwd, mode: 'network', target: target.name, args: resetArgs(args) });
  return reset(args, target, context);
}

async function reset({ to }: { to: string }, target: Target, context: Context): Promise<Applied> {
  return {
    summary: `HEAD is detached at ${to.slice(0, 10)}, the recorded commit`,
    leaves: await submoduleNow(context, target),
  };
}
