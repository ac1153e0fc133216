import type { Context } from '#engines/core/context.ts';
import { git } from '../run.ts';
import { type Administration, listAdministrations } from './place.ts';

/** What git would forget, as git itself tells: the worktrees are gone, or never were whole. */
export async function readPrunable(context: Context, cwd: string): Promise<Administration[]> {
  const { stdout, stderr } = await git(context, {
    cwd,
    mode: 'background',
    args: ['worktree', 'prune', '--dry-run', '--verbose', '--expire=now'],
  });
  const said = `${stdout}${stderr}`.split('\n');
  return listAdministrations(cwd).filter(({ id }) =>
    said.some((line) => line.startsWith(`Removing worktrees/${id}: `)),
  );
}
