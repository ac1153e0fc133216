import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { failureOf } from '#engines/core/errors.ts';
import { ask } from './ask.ts';
import { BACKGROUND_OPTIONS } from './background.ts';
import {
  type GitDirectories,
  gitDirectories,
  operationInProgress,
  readText,
  symbolicHead,
} from './directory.ts';
import { parseGitmodules } from './gitmodules.ts';
import { LAST_COMMIT_ARGS, parseLastCommit } from './last-commit.ts';
import { gitShells } from './shells.ts';
import { type GitStatus, parseStatus, QUICK_STATUS_ARGS, STATUS_ARGS } from './status.ts';
import type { RepoStatus, WholeStatus } from './types.ts';

/** How long one repo may take before only a part of its status is read, in milliseconds. */
export const STATUS_BUDGET = 1000;

export interface Place {
  name: string;
  /** Absolute. */
  path: string;
}

export interface StatusOptions {
  budget?: number;
  /** The workspace is trusted: the file system monitor that a repo's settings name may run. */
  trusted?: boolean;
}

/** Of the time of a repo: what is left over is enough for a look at less. */
const FULL_SHARE = 0.7;

/** Reads the status of a repo; a repo that can't be read says so in its status. */
export async function readStatus(
  context: Context,
  place: Place,
  { budget = STATUS_BUDGET, trusted = false }: StatusOptions = {},
): Promise<RepoStatus> {
  const directories = gitDirectories(place.path);
  if (!directories) return unreadable(context, place, existsSync(place.path) ? 'no-repo' : 'missing');
  const options = trusted ? TRUSTED_OPTIONS : BACKGROUND_OPTIONS;
  const shells = context.use(gitShells);
  const run = (args: readonly string[], share: number) =>
    shells.run({
      path: place.path,
      args: [...options, ...args],
      budget: budget * share,
      signal: context.signal,
    });
  const full = await run(STATUS_ARGS, FULL_SHARE);
  if (full.exitCode === 0) return statusFrom(context, place, directories, parseStatus(full.stdout));
  if (!full.overBudget) return explained(context, place, { directories, budget });
  const quick = await run(QUICK_STATUS_ARGS, 1 - FULL_SHARE);
  const partial = `over its budget of ${budget} ms`;
  if (quick.exitCode === 0) {
    const status = statusFrom(context, place, directories, parseStatus(quick.stdout));
    return {
      ...status,
      untracked: null,
      submodules: { ...status.submodules, moved: null, dirty: null },
      partial: `${partial}: untracked files and submodules were not looked at`,
    };
  }
  return {
    ...unreadable(context, place, 'ok'),
    branch: symbolicHead(directories.own)?.replace('refs/heads/', '') ?? null,
    operation: operationInProgress(directories.own),
    partial: `${partial}: files were not looked at`,
  };
}

/** The whole status of a repo that something is planned for; throws what keeps it from being read. */
export async function requireStatus(context: Context, place: Place): Promise<WholeStatus> {
  const { stdout } = await ask(context, { cwd: place.path, args: STATUS_ARGS });
  const directories = gitDirectories(place.path) as GitDirectories;
  return statusFrom(context, place, directories, parseStatus(stdout));
}

const TRUSTED_OPTIONS = ['--no-optional-locks'];

/** The newest commit of HEAD; null before the first one, or where it can't be read. */
export async function readLastCommit(
  context: Context,
  path: string,
  budget = STATUS_BUDGET,
): Promise<RepoStatus['lastCommit']> {
  const { stdout } = await context
    .use(gitShells)
    .run({ path, args: LAST_COMMIT_ARGS, budget, signal: context.signal });
  return parseLastCommit(stdout);
}

/** The shell only tells that git failed: asked alone, git says why. */
async function explained(
  context: Context,
  place: Place,
  { directories, budget }: { directories: GitDirectories; budget: number },
): Promise<RepoStatus> {
  const { git } = await import('./run.ts');
  try {
    const { stdout } = await git(context, { cwd: place.path, mode: 'background', args: STATUS_ARGS, budget });
    return statusFrom(context, place, directories, parseStatus(stdout));
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.code === 'git-missing' || failure.code === 'cancelled') throw thrown;
    return { ...unreadable(context, place, 'failed'), problem: failure.message };
  }
}

function statusFrom(context: Context, place: Place, { own }: GitDirectories, status: GitStatus): WholeStatus {
  return {
    name: place.name,
    path: place.path,
    state: 'ok',
    ...status,
    branch: status.branch ?? symbolicHead(own)?.replace('refs/heads/', '') ?? null,
    operation: operationInProgress(own),
    submodules: { ...countSubmodules(place.path), ...status.submodules },
    lastCommit: null,
    partial: null,
    problem: null,
    checkedAt: context.now(),
  };
}

function countSubmodules(worktree: string): { total: number; missing: number } {
  const text = readText(join(worktree, '.gitmodules'));
  const declared = text === undefined ? [] : parseGitmodules(text);
  const missing = declared.filter(({ path }) => !existsSync(join(worktree, path, '.git')));
  return { total: declared.length, missing: missing.length };
}

/** A status of which nothing is known. */
function unreadable(context: Context, { name, path }: Place, state: RepoStatus['state']): RepoStatus {
  return {
    name,
    path,
    state,
    branch: null,
    head: null,
    upstream: null,
    upstreamGone: null,
    ahead: null,
    behind: null,
    staged: null,
    changed: null,
    untracked: null,
    conflicted: null,
    stashes: null,
    operation: null,
    submodules: { total: null, moved: null, dirty: null, missing: null },
    lastCommit: null,
    partial: null,
    problem: null,
    checkedAt: context.now(),
  };
}
