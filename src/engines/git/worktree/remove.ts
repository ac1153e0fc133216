import { existsSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { placeOf } from '../observe.ts';
import { isAbsent, moveToTrash, trashOf } from '../trash.ts';
import { gitWorktree, gitWorktreeBranch } from './facts.ts';
import { readBranchPlace } from './observe.ts';
import { administrationsOf, mainOf } from './place.ts';

export interface Removing {
  id: string;
  top: string | null;
  branch: string | null;
}

/** Below the trash of the step. */
export const WORKTREE = 'worktree';
export const ADMINISTRATION = 'administration';

/** It happened if neither is where it was and the trash has what was there. */
export async function checkRemove(
  application: Application<Removing>,
  context: Context,
): Promise<Applied | undefined> {
  const { worktree, administration } = placesOf(application);
  const trash = trashOf(application, context);
  const isGone = (await isAbsent(worktree)) && !existsSync(administration);
  return isGone && existsSync(trash) ? removed(application, context) : undefined;
}

/** The worktree first: without it git knows of one that is gone, and without git's part it would be no worktree. */
export async function applyRemove(application: Application<Removing>, context: Context): Promise<Applied> {
  const { worktree, administration } = placesOf(application);
  const trash = trashOf(application, context);
  if (!(await isAbsent(worktree))) await moveToTrash(worktree, join(trash, WORKTREE));
  if (existsSync(administration)) await moveToTrash(administration, join(trash, ADMINISTRATION));
  await dropEmpty(worktree, application.args.top);
  await rmdir(dirname(administration)).catch(() => {});
  return removed(application, context);
}

/** The empty directory of the worktree, and those above it below the top. */
async function dropEmpty(path: string, top: string | null): Promise<void> {
  for (let at = path; top !== null && at.startsWith(`${top}/`); at = dirname(at)) {
    const dropped = await rmdir(at).then(
      () => true,
      (thrown: NodeJS.ErrnoException) => thrown.code === 'ENOENT',
    );
    if (!dropped) return;
  }
}

function placesOf({ args, target }: Application<Removing>) {
  return { worktree: placeOf(target), administration: join(administrationsOf(mainOf(target)), args.id) };
}

async function removed(application: Application<Removing>, context: Context): Promise<Applied> {
  const { args, target } = application;
  const { branch } = args;
  const stays =
    branch === null
      ? []
      : [expect(gitWorktreeBranch, { branch }, await readBranchPlace({ branch }, target, context))];
  return {
    summary: 'worktree removed',
    result: { trash: trashOf(application, context) },
    leaves: [expect(gitWorktree, {}, 'absent'), ...stays],
  };
}
