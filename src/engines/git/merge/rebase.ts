import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Target } from '#engines/core/plan.ts';
import { isMerged } from '../branch/standing.ts';
import { gitDirectories, operationInProgress } from '../directory.ts';
import { gitRef } from '../facts.ts';
import { headNow } from '../leaves.ts';
import { waitForLock } from '../locks.ts';
import { placeOf, readBranch, readHead } from '../observe.ts';
import { git } from '../run.ts';
import { rebaseArgs } from './argv.ts';
import { conflicted, goBack, mergeConflict, requireNoMerge } from './conflict.ts';

interface Rebase {
  branch: string;
  from: string;
  base: string;
  onto: string;
  onConflict: 'abort' | 'leave';
  back: string | null;
}

type Rebasing = Application<Rebase>;

/** It happened if the branch stands on its new base; git moves the branch last. */
export async function checkRebase(
  { args, target }: Rebasing,
  context: Context,
): Promise<Applied | undefined> {
  const cwd = placeOf(target);
  await waitForLock(context, join(gitDirectories(cwd)?.own ?? cwd, 'index.lock'));
  if ((await readBranch({}, target, context)) !== args.branch) return undefined;
  const stands = await isMerged(context, cwd, { commit: args.onto, into: 'HEAD' });
  return stands ? rebased(args, target, context) : undefined;
}

export async function applyRebase({ args, target }: Rebasing, context: Context): Promise<Applied> {
  const cwd = placeOf(target);
  await requireNoMerge(cwd, target);
  const run = (words: string[]) => git(context, { cwd, mode: 'write', target: target.name, args: words });
  try {
    await run(rebaseArgs(args));
  } catch (thrown) {
    const files = await conflicted(context, cwd);
    const conflict = mergeConflict(target, { ...args, name: args.branch, into: args.base }, { files });
    if (files.length > 0 && args.onConflict === 'leave') throw conflict;
    const own = gitDirectories(cwd)?.own;
    if (own !== undefined && operationInProgress(own) === 'rebase') await run(['rebase', '--abort']);
    await goBack(context, target, args);
    throw files.length > 0 ? conflict : thrown;
  }
  return rebased(args, target, context);
}

async function rebased(args: Rebase, target: Target, context: Context): Promise<Applied> {
  const to = await readHead({}, target, context);
  return {
    summary: to === args.from ? `${args.branch} stands on ${args.base} already` : `rebased ${args.branch}`,
    result: { from: args.from, to },
    leaves: [...(await headNow(context, target)), expect(gitRef, { ref: `refs/heads/${args.branch}` }, to)],
  };
}
