import type { Context } from '#engines/core/context.ts';
import { ask } from '#engines/git/ask.ts';

/** Commits of a branch that no other branch and no remote has, newest first, one line each. */
export async function commitsOnlyOn(context: Context, cwd: string, branch: string): Promise<string[]> {
  const { stdout } = await ask(context, {
    cwd,
    args: [
      'log',
      '--format=%h %s',
      `refs/heads/${branch}`,
      '--not',
      `--exclude=${branch}`,
      '--branches',
      '--remotes',
      '--',
    ],
  });
  return stdout.split('\n').filter(Boolean);
}
