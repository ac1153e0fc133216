import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Target } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { cloneArgs, unfinishedClone } from './argv.ts';
import { readUntracked } from './changes.ts';
import { gitDirectories } from './directory.ts';
import { gitError } from './errors.ts';
import { gitRefs, gitSettings, gitUntracked } from './facts.ts';
import { worktreeNow } from './leaves.ts';
import { placeOf, readBranch, readExists, readRefs } from './observe.ts';
import { git } from './run.ts';
import { readSettingsFact } from './settings.ts';

type Clone = Application<{ url: string; submodules: boolean }>;

export async function checkClone({ target }: Clone, context: Context): Promise<Applied | undefined> {
  return (await readExists({}, target)) === 'cloned' ? cloned(target, context) : undefined;
}

export async function applyClone({ args, target }: Clone, context: Context): Promise<Applied> {
  const path = placeOf(target);
  if ((await readExists({}, target)) !== 'absent') throw occupied(path);
  await mkdir(dirname(path), { recursive: true });
  await clearUnfinished(context, target, args.url);
  await git(context, {
    cwd: dirname(path),
    mode: 'network',
    target: target.name,
    args: cloneArgs(args, target),
  });
  await rename(unfinishedClone(target), path).catch(() => {
    throw occupied(path);
  });
  return cloned(target, context);
}

export async function checkUnclone({ target }: Clone): Promise<Applied | undefined> {
  return (await readExists({}, target)) === 'absent' ? removed(target) : undefined;
}

export async function applyUnclone({ target }: Clone, context: Context): Promise<Applied> {
  const path = placeOf(target);
  const own = await ownWork(context, target);
  if (own) {
    throw gitError('clone-touched', `${path} has ${own}.`, {
      next: [`git -C ${quote(path)} status --ignored`],
    });
  }
  // Out of the way in one move: a process that dies while it removes leaves no half a repository at the place.
  await rename(path, `${path}.removing`);
  return removed(target);
}

async function cloned(target: Target, context: Context): Promise<Applied> {
  const [branch, worktree, refs, untracked, settings] = await Promise.all([
    readBranch({}, target, context),
    worktreeNow(context, target),
    readRefs({}, target, context),
    readUntracked({ ignored: true }, target, context),
    readSettingsFact({}, target),
  ]);
  return {
    summary: `cloned, on ${branch}`,
    leaves: [
      ...worktree,
      expect(gitRefs, {}, refs),
      expect(gitUntracked, { ignored: true }, untracked),
      expect(gitSettings, {}, settings),
    ],
  };
}

async function removed(target: Target): Promise<Applied> {
  await rm(`${placeOf(target)}.removing`, { recursive: true, force: true });
  return { summary: 'removed the untouched clone' };
}

/** What a clone has that its remote has not. */
async function ownWork(context: Context, target: Target): Promise<string | undefined> {
  const cwd = placeOf(target);
  const read = async (...args: string[]) => (await git(context, { cwd, args, mode: 'background' })).stdout;
  if (await read('status', '--porcelain', '--ignored', '--untracked-files=all')) return 'files of its own';
  if (await read('stash', 'list', '--max-count=1')) return 'a stash';
  if (await read('log', '--max-count=1', '--format=%H', '--branches', '--tags', '--not', '--remotes')) {
    return 'commits of its own';
  }
  return undefined;
}

/** Removes what an earlier attempt left behind, and nothing that could be anything else. */
async function clearUnfinished(context: Context, target: Target, url: string): Promise<void> {
  const path = unfinishedClone(target);
  const entries = await readdir(path).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return undefined;
    throw thrown;
  });
  if (!entries) return;
  if (entries.length > 0 && !(await isUnfinished(context, path, url))) throw occupied(path);
  await rm(path, { recursive: true });
}

async function isUnfinished(context: Context, path: string, url: string): Promise<boolean> {
  const directories = gitDirectories(path);
  if (!directories) return false;
  const { stdout } = await git(context, {
    cwd: path,
    mode: 'background',
    args: ['config', '--file', join(directories.own, 'config'), '--get', 'remote.origin.url'],
    answers: [0, 1],
  });
  return stdout === '' || stdout === `${url}\n`;
}

function occupied(path: string) {
  return gitError('directory-occupied', `${path} is not empty.`, { next: [`ls -la ${quote(path)}`] });
}
