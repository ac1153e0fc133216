import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { Target } from '#engines/core/plan.ts';
import { type GitDirectories, gitDirectories, operationInProgress } from '#engines/git/directory.ts';
import { git } from '#engines/git/run.ts';
import { parseStatus, STATUS_ARGS } from '#engines/git/status.ts';

export const NO_RISK = 'nothing';

/** `nothing`, or in words what a clone has that is nowhere else. */
export async function readRiskFact({ path }: { path: string }, _: Target, context: Context): Promise<string> {
  const risks = await risksOf(context, path);
  return risks.length === 0 ? NO_RISK : risks.join(', ');
}

async function risksOf(context: Context, path: string): Promise<string[]> {
  const directories = gitDirectories(path);
  if (!directories) return ['files that belong to no repository'];
  const found = await Promise.all([
    changes(context, path),
    operation(directories),
    worktrees(directories),
    unpushed(context, path),
    submodules(context, path),
  ]);
  return found.flat();
}

/** Whatever a person's settings leave out of a status: all of it counts here. */
async function changes(context: Context, path: string): Promise<string[]> {
  const args = [...STATUS_ARGS, '--untracked-files=normal', '--ignore-submodules=none'];
  const status = parseStatus((await git(context, { cwd: path, args, mode: 'read' })).stdout);
  return [
    ...counted(status.staged + status.changed + status.conflicted, 'change'),
    ...counted(status.untracked, 'untracked file'),
    ...counted(status.stashes, 'stash', 'stashes'),
  ];
}

function operation({ own }: GitDirectories): string[] {
  const running = operationInProgress(own);
  return running ? [`a ${running} in progress`] : [];
}

async function worktrees({ own, common }: GitDirectories): Promise<string[]> {
  if (own !== common) return ['a worktree of another repository'];
  const linked = await readdir(join(common, 'worktrees')).catch(() => []);
  return counted(linked.length, 'linked worktree');
}

async function unpushed(context: Context, path: string): Promise<string[]> {
  const born = await git(context, {
    cwd: path,
    args: ['rev-parse', '--verify', '--quiet', 'HEAD'],
    mode: 'read',
    answers: [0, 1],
  });
  const from = born.exitCode === 0 ? ['HEAD', '--branches'] : ['--branches'];
  const args = ['rev-list', '--count', ...from, '--not', '--remotes'];
  return counted(Number((await git(context, { cwd: path, args, mode: 'read' })).stdout), 'unpushed commit');
}

/** The status of a superproject says nothing of commits and stashes that its submodules alone have. */
async function submodules(context: Context, path: string): Promise<string[]> {
  const { stdout } = await git(context, { cwd: path, args: ['ls-files', '--stage', '-z'], mode: 'read' });
  const checkedOut = stdout
    .split('\0')
    .filter((entry) => entry.startsWith('160000 '))
    .map((entry) => entry.slice(entry.indexOf('\t') + 1))
    .filter((inner) => existsSync(join(path, inner, '.git')));
  const found = await Promise.all(
    checkedOut.map(async (inner) =>
      (await risksOf(context, join(path, inner))).map((risk) => `${risk} in ${inner}`),
    ),
  );
  return found.flat();
}

function counted(count: number, one: string, many = `${one}s`): string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
}
