import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Target } from '#engines/core/plan.ts';
import { resetArgs, submoduleArgs } from './argv.ts';
import { gitDirectories } from './directory.ts';
import { worktreeNow } from './leaves.ts';
import { waitForLock } from './locks.ts';
import { placeOf, resolveCommit } from './observe.ts';
import { git } from './run.ts';
import { changedBetween, refuseWorkSince } from './since.ts';
import { snapshotBefore } from './snapshot.ts';

type Reset = Application<{ to: string; submodules: boolean }>;

/** It happened if HEAD and everything tracked are there. Resetting again is as good, unless somebody has worked here since. */
export async function checkReset(application: Reset, context: Context): Promise<Applied | undefined> {
  const { args, target } = application;
  const cwd = placeOf(target);
  await waitForLock(context, join(gitDirectories(cwd)?.own ?? cwd, 'index.lock'));
  const head = await resolveCommit(context, cwd, 'HEAD');
  if (head === args.to && (await isClean(context, cwd, args.submodules))) return reset(args, target, context);
  const before = await snapshotBefore(application, context);
  if (before) refuseWorkSince(cwd, await changedBetween(context, { cwd, before, goal: args.to }));
  return undefined;
}

async function isClean(context: Context, cwd: string, submodules: boolean): Promise<boolean> {
  const { stdout } = await git(context, {
    cwd,
    mode: 'background',
    args: [
      ...['status', '--porcelain', '--untracked-files=no'],
      `--ignore-submodules=${submodules ? 'untracked' : 'all'}`,
    ],
  });
  return stdout === '';
}

export async function applyReset({ args, target }: Reset, context: Context): Promise<Applied> {
  const cwd = placeOf(target);
  await git(context, { cwd, mode: 'write', target: target.name, args: resetArgs(args) });
  if (args.submodules) {
    await git(context, { cwd, mode: 'write', target: target.name, args: submoduleArgs() });
  }
  return reset(args, target, context);
}

async function reset({ to }: { to: string }, target: Target, context: Context): Promise<Applied> {
  return {
    summary: `now at ${to.slice(0, 10)}`,
    result: { to },
    leaves: await worktreeNow(context, target),
  };
}
