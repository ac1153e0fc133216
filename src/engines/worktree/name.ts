import type { Context } from '#engines/core/context.ts';
import { nearest } from '#engines/core/nearest.ts';
import { quote } from '#engines/core/shell.ts';
import { git } from '#engines/git/run.ts';
import { branchProblem, nameProblem } from '#engines/workspace/names.ts';
import { worktreeError } from './errors.ts';

/** Throws where a text can't name a set: by git's rules for branches, which leave no way out of the base directory. */
export async function requireSetName(context: Context, cwd: string, name: string): Promise<void> {
  const problem = nameProblem(name) ?? branchProblem(name) ?? (await gitProblem(context, cwd, name));
  if (problem === undefined) return;
  throw worktreeError('set-name-invalid', `The name ${JSON.stringify(name)} ${problem}.`, {
    next: ['git help check-ref-format', 'gantry worktree list'],
  });
}

export function unknownSet(name: string, known: readonly string[]) {
  const close = nearest(name, known);
  const hint = close === undefined ? '' : ` Did you mean ${close}?`;
  return worktreeError('set-unknown', `There is no worktree set ${JSON.stringify(name)}.${hint}`, {
    next: ['gantry worktree list', `gantry worktree add ${quote(name)}`],
    details: { name, ...(close !== undefined && { nearest: close }) },
  });
}

async function gitProblem(context: Context, cwd: string, name: string): Promise<string | undefined> {
  const { exitCode } = await git(context, {
    cwd,
    mode: 'read',
    args: ['check-ref-format', `refs/heads/${name}`],
    answers: [0, 1],
  });
  return exitCode === 0 ? undefined : 'is not a name that git allows';
}
