import type { Context } from '#engines/core/context.ts';
import { ask } from '../ask.ts';

/** Commits of a branch that no other branch, no remote branch and no tag has, newest first, one line each. */
export async function commitsAlone(context: Context, cwd: string, branch: string): Promise<string[]> {
  const { stdout } = await ask(context, {
    cwd,
    args: [
      ...['log', '--format=%h %s', `refs/heads/${branch}`, '--not'],
      ...[`--exclude=${branch}`, '--branches', '--tags', '--remotes', '--'],
    ],
  });
  return stdout.split('\n').filter(Boolean);
}
