import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { readBranches } from '../branches.ts';
import { placeOf, readBranch, readHead } from '../observe.ts';

/** Looking again is as good. */
export async function checkBranches(): Promise<undefined> {
  return undefined;
}

export async function applyBranches({ target }: Application<object>, context: Context): Promise<Applied> {
  const cwd = placeOf(target);
  const [branch, head, local, remote] = await Promise.all([
    readBranch({}, target, context),
    readHead({}, target, context),
    readBranches(context, cwd),
    readBranches(context, cwd, { remote: true }),
  ]);
  const isDetached = branch === 'detached';
  return {
    summary: isDetached ? `HEAD is detached at ${head.slice(0, 10)}` : `on ${branch}`,
    result: {
      branch: isDetached ? null : branch,
      head,
      branches: [...local, ...remote].map(({ name }) => name),
    },
  };
}
