import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Target } from '#engines/core/plan.ts';
import { gitDirectories } from '../directory.ts';
import { headNow } from '../leaves.ts';
import { waitForLock } from '../locks.ts';
import { placeOf, readBranch, readHead } from '../observe.ts';
import { git } from '../run.ts';
import { switchArgs } from './argv.ts';
import { despiteHook } from './despite-hook.ts';
import { isOid } from './operations.ts';

type Switching = Application<{ from: string; to: string }>;

/** git moves HEAD last: where it is, the files are. */
export async function checkSwitch(
  { args, target }: Switching,
  context: Context,
): Promise<Applied | undefined> {
  const cwd = placeOf(target);
  await waitForLock(context, join(gitDirectories(cwd)?.own ?? cwd, 'index.lock'));
  const [branch, head] = await Promise.all([readBranch({}, target, context), readHead({}, target, context)]);
  const isThere = isOid(args.to) ? branch === 'detached' && head === args.to : branch === args.to;
  return isThere ? switched(args, target, context) : undefined;
}

export function applySwitch(application: Switching, context: Context): Promise<Applied> {
  const { args, target } = application;
  const { to } = args;
  return despiteHook(
    async () => {
      const words = switchArgs({ to, detached: isOid(to) });
      await git(context, { cwd: placeOf(target), mode: 'write', target: target.name, args: words });
      return switched(args, target, context);
    },
    () => checkSwitch(application, context),
  );
}

async function switched({ to }: { to: string }, target: Target, context: Context): Promise<Applied> {
  return {
    summary: isOid(to) ? `HEAD is detached at ${to.slice(0, 10)}` : `on ${to}`,
    leaves: await headNow(context, target),
  };
}
