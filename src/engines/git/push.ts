import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { type Push, pushArgs } from './argv.ts';
import { placeOf } from './observe.ts';
import { git } from './run.ts';

type Pushing = Application<Push & { oid: string }>;

/** It happened if the remote has the commit at that branch. */
export async function checkPush({ args, target }: Pushing, context: Context): Promise<Applied | undefined> {
  const { stdout } = await git(context, {
    cwd: placeOf(target),
    mode: 'network',
    target: target.name,
    args: ['ls-remote', '--end-of-options', args.remote, args.upstream],
  });
  return stdout.startsWith(`${args.oid}\t`) ? pushed(args) : undefined;
}

export async function applyPush({ args, target }: Pushing, context: Context): Promise<Applied> {
  await git(context, { cwd: placeOf(target), mode: 'network', target: target.name, args: pushArgs(args) });
  return pushed(args);
}

function pushed({ remote, upstream, oid }: Push & { oid: string }): Applied {
  const branch = upstream.replace('refs/heads/', '');
  return { summary: `${remote}/${branch} is now ${oid.slice(0, 10)}`, result: { remote, upstream, oid } };
}
