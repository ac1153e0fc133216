import type { Context } from '#engines/core/context.ts';
import { type BytePath, splitNul } from './bytes.ts';
import { git } from './run.ts';

/** Every path of a commit or tree. */
export async function namesIn(context: Context, cwd: string, treeish: string): Promise<BytePath[]> {
  const { stdout } = await git(context, {
    cwd,
    mode: 'background',
    encoding: 'latin1',
    args: ['ls-tree', '-r', '-z', '--full-tree', '--name-only', treeish],
  });
  return splitNul(stdout);
}
