import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { resetArgs, submoduleArgs } from './argv.ts';
import { worktreeNow } from './leaves.ts';
import { placeOf, resolveCommit } from './observe.ts';
import { git } from './run.ts';
import { keepWorkSince } from './snapshot.ts';

type Reset = Application<{ to: string; submodules: boolean }>;

/** Resetting again is as good as having reset; what was done here in between is kept. */
export async function checkReset(application: Reset, context: Context): Promise<undefined> {
  await keepWorkSince(application, context, false);
  return undefined;
}

export async function applyReset({ args, target }: Reset, context: Context): Promise<Applied> {
  const cwd = placeOf(target);
  const from = await resolveCommit(context, cwd, 'HEAD');
  await git(context, { cwd, mode: 'write', target: target.name, args: resetArgs(args) });
  if (args.submodules) {
    await git(context, { cwd, mode: 'write', target: target.name, args: submoduleArgs() });
  }
  return {
    summary: `now at ${args.to.slice(0, 10)}`,
    result: { from: from ?? null, to: args.to },
    leaves: await worktreeNow(context, target),
  };
}
