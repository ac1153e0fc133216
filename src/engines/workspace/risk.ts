import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { Target } from '#engines/core/plan.ts';
import { type GitDirectories, gitDirectories, operationInProgress } from '#engines/git/directory.ts';
import { GITLINK, type IndexEntry, readIndex } from '#engines/git/index-entries.ts';
import { overlookedChanges } from '#engines/git/overlooked.ts';
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
  const index = await readIndex(context, path);
  const found = await Promise.all([
    changes(context, path),
    overlooked(path, index),
    operation(directories),
    worktrees(directories),
    unpushed(context, path),
    submodules(context, path, index),
  ]);
  return found.flat();
}

/** Whatever a person's settings leave out of a status: all of it counts here. */
async function changes(context: Context, path: string): Promise<string[]> {
  const args = [...STATUS_ARGS, '--untracked-files=normal', '--ignore-submodules=none'];
  const status = parseStatus((await git(context, { cwd: path, args, mode: 'background' })).stdout);
  return [
    ...counted(status.staged + status.changed + status.conflicted, 'change'),
    ...counted(status.untracked, 'untracked file'),
    ...counted(status.stashes, 'stash', 'stashes'),
  ];
}

async function overlooked(path: string, index: readonly IndexEntry[]): Promise<string[]> {
  const changed = await overlookedChanges(path, index);
  return counted(
    changed.length,
    'change that git is told to overlook',
    'changes that git is told to overlook',
  );
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

/** Snapshots of ours and stashes apart: those are counted by themselves, or no work of the person's. */
const PERSONS_REFS = ['--exclude=refs/gantry/*', '--exclude=refs/stash', '--exclude=refs/remotes/*', '--all'];

/** What no remote branch has may be nowhere else, whichever ref it hangs on: whether a remote has a tag is not known here. */
async function unpushed(context: Context, path: string): Promise<string[]> {
  const args = ['rev-list', '--count', ...PERSONS_REFS, '--not', '--remotes'];
  const { stdout } = await git(context, { cwd: path, args, mode: 'background' });
  return counted(Number(stdout), 'commit that no remote branch has', 'commits that no remote branch has');
}

/** The status of a superproject says nothing of commits and stashes that its submodules alone have. */
async function submodules(context: Context, path: string, index: readonly IndexEntry[]): Promise<string[]> {
  const checkedOut = index
    .filter(({ mode }) => mode === GITLINK)
    .map((entry) => Buffer.from(entry.path, 'latin1').toString())
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
