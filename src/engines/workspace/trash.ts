import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { quote } from '#engines/core/shell.ts';
import { gitExists } from '#engines/git/facts.ts';
import { isMoved, moveToTrash, moveTree, trashOf } from '#engines/git/trash.ts';
import { workspaceError } from './errors.ts';
import { presenceOf } from './targets.ts';

interface Trashed {
  path: string;
  trash: string;
}

export async function applyTrash(
  application: Application<{ path: string }>,
  context: Context,
): Promise<Applied> {
  const moved = placesOf(application, context);
  await moveToTrash(moved.path, moved.trash);
  return gone(moved);
}

export async function checkTrash(
  application: Application<{ path: string }>,
  context: Context,
): Promise<Applied | undefined> {
  const moved = placesOf(application, context);
  return (await isMoved(moved.path, moved.trash)) ? gone(moved) : undefined;
}

export async function applyRestore({ args }: Application<Trashed>): Promise<Applied> {
  const { path, trash } = args;
  if ((await presenceOf(trash)) === 'absent') {
    throw workspaceError('trash-missing', `The removed files of ${path} are no longer kept.`, {
      next: ['gantry workspace sync'],
    });
  }
  if ((await presenceOf(path)) !== 'absent') {
    throw workspaceError('repo-path-taken', `There is something else at ${path} by now.`, {
      next: [`ls -la ${quote(path)}`],
    });
  }
  await moveTree(trash, path);
  return back(path);
}

export async function checkRestore({ args }: Application<Trashed>): Promise<Applied | undefined> {
  return (await isMoved(args.trash, args.path)) ? back(args.path) : undefined;
}

function placesOf({ args, activity, step }: Application<{ path: string }>, context: Context): Trashed {
  return { path: args.path, trash: trashOf({ activity, step }, context) };
}

function gone({ trash }: Trashed): Applied {
  return { summary: 'files removed', result: { trash }, leaves: [expect(gitExists, {}, 'absent')] };
}

async function back(path: string): Promise<Applied> {
  return { summary: 'files are back', leaves: [expect(gitExists, {}, await presenceOf(path))] };
}
