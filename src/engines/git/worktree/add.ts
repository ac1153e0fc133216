import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Target } from '#engines/core/plan.ts';
import { lockedError } from '../locks.ts';
import { headRef, placeOf } from '../observe.ts';
import { git } from '../run.ts';
import { isAbsent, moveToTrash, trashOf } from '../trash.ts';
import { addArgs } from './argv.ts';
import { administrationOf, worktreeIs } from './observe.ts';
import { isHalfMade, mainOf } from './place.ts';

type Adding = Application<{ branch: string; top: string | null }>;

/** How often it is looked whether a git that outlived us has come to its end, in milliseconds. */
const PAUSES = [50, 100, 200, 400, 800, 1600];

/** It happened if git has taken away the lock that it works under. */
export async function checkAdd({ args, target }: Adding, context: Context): Promise<Applied | undefined> {
  for (const pause of PAUSES) {
    const own = administrationOf(target);
    if (!own || !isHalfMade(own)) break;
    await delay(pause, undefined, { signal: context.signal });
  }
  const own = administrationOf(target);
  if (!own || isHalfMade(own) || (await isAbsent(placeOf(target)))) return undefined;
  const ref = await headRef(context, placeOf(target));
  return ref === `refs/heads/${args.branch}` ? added(args, target, context) : undefined;
}

export async function applyAdd(application: Adding, context: Context): Promise<Applied> {
  const { args, target } = application;
  await clearHalf(application, context);
  await git(context, {
    cwd: mainOf(target),
    mode: 'write',
    target: target.name,
    args: addArgs(args, target),
  });
  return added(args, target, context);
}

/** What a machine that went down in the middle of this step left behind. */
async function clearHalf(application: Adding, context: Context): Promise<void> {
  const own = administrationOf(application.target);
  if (!own || !isHalfMade(own)) return;
  const lock = join(own.directory, 'index.lock');
  if (existsSync(lock)) throw await lockedError(lock, context.now());
  const trash = trashOf(application, context);
  const path = placeOf(application.target);
  if (!(await isAbsent(path))) await moveToTrash(path, join(trash, `worktree-${context.now()}`));
  await moveToTrash(own.directory, join(trash, `administration-${context.now()}`));
}

async function added({ branch }: { branch: string }, target: Target, context: Context): Promise<Applied> {
  return {
    summary: `checked out ${branch}`,
    result: { id: administrationOf(target)?.id ?? '' },
    leaves: [await worktreeIs(context, target)],
  };
}
