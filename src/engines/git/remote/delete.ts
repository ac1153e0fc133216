import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { placeOf } from '../observe.ts';
import { git } from '../run.ts';
import { deleteArgs, type RemoteRef } from './argv.ts';

type Deleting = Application<RemoteRef>;

export async function checkDelete(
  { args, target }: Deleting,
  context: Context,
): Promise<Applied | undefined> {
  const { stdout } = await git(context, {
    cwd: placeOf(target),
    mode: 'network',
    target: target.name,
    args: ['ls-remote', '--end-of-options', args.remote, args.ref],
  });
  return stdout === '' ? deleted(args) : undefined;
}

export async function applyDelete({ args, target }: Deleting, context: Context): Promise<Applied> {
  await git(context, { cwd: placeOf(target), mode: 'network', target: target.name, args: deleteArgs(args) });
  return deleted(args);
}

function deleted({ remote, ref }: RemoteRef): Applied {
  return { summary: `deleted ${ref.replace(/^refs\/heads\//, '')} of ${remote}` };
}
