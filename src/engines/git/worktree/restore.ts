import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { quote } from '#engines/core/shell.ts';
import { gitError } from '../errors.ts';
import { placeOf } from '../observe.ts';
import { isAbsent, moveTree } from '../trash.ts';
import { freeId, idIn, relink } from './link.ts';
import { worktreeIs } from './observe.ts';
import { administrationsOf, mainOf } from './place.ts';
import { ADMINISTRATION, type Removing, WORKTREE } from './remove.ts';

type Restoring = Application<Removing & { trash: string }>;

/** It happened if the trash has nothing of it any more and the worktree is there. */
export async function checkRestore(application: Restoring, context: Context): Promise<Applied | undefined> {
  const { trash } = application.args;
  const kept = [WORKTREE, ADMINISTRATION].some((part) => existsSync(join(trash, part)));
  return kept ? undefined : restored(application, context);
}

/**
 * What git keeps of the worktree first: as long as the worktree is missing, nobody can change it. Where another worktree
 * has taken its name in the meantime it gets a new one, which the files that lead there say.
 */
export async function applyRestore(application: Restoring, context: Context): Promise<Applied> {
  const { args, target } = application;
  const path = placeOf(target);
  const kept = { worktree: join(args.trash, WORKTREE), administration: join(args.trash, ADMINISTRATION) };
  if (existsSync(kept.worktree) && !(await isAbsent(path))) throw taken(path);
  if (existsSync(kept.administration)) {
    const all = administrationsOf(mainOf(target));
    const id = freeId(all, args.id);
    if (existsSync(kept.worktree)) await relink(kept.worktree, { all, id });
    await moveTree(kept.administration, join(all, id));
  }
  if (existsSync(kept.worktree)) await moveTree(kept.worktree, path);
  return restored(application, context);
}

function taken(path: string) {
  return gitError('directory-occupied', `There is something else at ${path} by now.`, {
    next: [`ls -la ${quote(path)}`],
  });
}

async function restored({ args, target }: Restoring, context: Context): Promise<Applied> {
  const path = placeOf(target);
  return {
    summary: `brought back ${path}`,
    result: { id: idIn(path) ?? args.id },
    leaves: [await worktreeIs(context, target)],
  };
}
