import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { type Push, pushArgs, upstreamArgs } from './argv.ts';
import { placeOf, resolveObject } from './observe.ts';
import { git } from './run.ts';

type Pushing = Application<Push>;

/** It happened if the remote has the commit at that branch; what follows it is small and done again. */
export async function checkPush({ args, target }: Pushing, context: Context): Promise<Applied | undefined> {
  const { stdout } = await git(context, {
    cwd: placeOf(target),
    mode: 'network',
    target: target.name,
    args: ['ls-remote', '--end-of-options', args.remote, args.upstream],
  });
  const oid = await commitOf({ args, target }, context);
  return stdout.startsWith(`${oid}\t`) ? followed({ args, target }, context) : undefined;
}

export async function applyPush({ args, target }: Pushing, context: Context): Promise<Applied> {
  await git(context, { cwd: placeOf(target), mode: 'network', target: target.name, args: pushArgs(args) });
  return followed({ args, target }, context);
}

/** The branch follows what it was pushed to. */
async function followed(
  { args, target }: Pick<Pushing, 'args' | 'target'>,
  context: Context,
): Promise<Applied> {
  for (const config of upstreamArgs(args))
    await git(context, { cwd: placeOf(target), mode: 'write', target: target.name, args: config });
  const { remote, upstream } = args;
  const oid = await commitOf({ args, target }, context);
  const branch = upstream.replace(/^refs\/(heads|tags)\//, '');
  return { summary: `${remote}/${branch} is now ${oid.slice(0, 10)}`, result: { remote, upstream, oid } };
}

async function commitOf(
  { args, target }: Pick<Pushing, 'args' | 'target'>,
  context: Context,
): Promise<string> {
  return args.oid ?? (await resolveObject(context, placeOf(target), args.local));
}
