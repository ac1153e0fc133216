import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { quote } from '#engines/core/shell.ts';
import { ask } from '#engines/git/ask.ts';
import { readConfig } from '#engines/git/config/values.ts';
import { gitDirectories, readText } from '#engines/git/directory.ts';
import { rivalOf } from '#engines/git/names.ts';
import { resolveCommit } from '#engines/git/observe.ts';
import { readRefMap } from '#engines/git/refs.ts';
import { readWorktrees } from '#engines/git/worktree/list.ts';
import { realPlace } from '#engines/git/worktree/place.ts';
import type { WorkspaceRepo } from '#engines/workspace/types.ts';
import { worktreeError } from './errors.ts';

interface Wanted {
  branch: string;
  /** Where a branch that is nowhere yet begins, best first. */
  bases: readonly string[];
  /** Where it is going to be checked out, absolute. */
  path: string;
  set: string;
  /** Where they were read already. */
  refs?: BranchRefs;
}

/** Object ids by full name: `refs/heads/main`. */
export interface BranchRefs {
  heads: ReadonlyMap<string, string>;
  remotes: ReadonlyMap<string, string>;
}

/** A branch that can be checked out, and how it is made where it is not there. */
export interface Branch {
  name: string;
  oid: string;
  create?: { upstream: string | null };
}

/** Throws where git would not check it out at that path, and says what is in the way. */
export async function requireBranch(context: Context, repo: WorkspaceRepo, wanted: Wanted): Promise<Branch> {
  const { branch } = wanted;
  const { heads, remotes } = wanted.refs ?? (await readBranchRefs(context, repo));
  const own = heads.get(`refs/heads/${branch}`);
  if (own !== undefined) {
    await requireFree(context, repo, wanted);
    return { name: branch, oid: own };
  }
  requireNameFree(repo, branch, [...heads.keys()]);
  const remote = await remoteBranch(context, repo, branch, remotes);
  if (remote) return { name: branch, oid: remote.oid, create: { upstream: remote.name } };
  return { name: branch, oid: await requireBase(context, repo, wanted), create: { upstream: null } };
}

async function readBranchRefs(context: Context, { path }: WorkspaceRepo): Promise<BranchRefs> {
  const [heads, remotes] = await Promise.all([
    readRefMap(context, path, 'refs/heads'),
    readRefMap(context, path, 'refs/remotes'),
  ]);
  return { heads, remotes };
}

async function requireFree(
  context: Context,
  repo: WorkspaceRepo,
  { branch, path, set }: Wanted,
): Promise<void> {
  const place = realPlace(path);
  const worktrees = (await readWorktrees(context, repo.path)).filter((one) => realPlace(one.path) !== place);
  const holder = worktrees.find((one) => one.branch === branch || isWorkingOn(one.path, branch));
  if (!holder) return;
  const isMain = realPlace(holder.path) === realPlace(repo.path);
  throw worktreeError('branch-elsewhere', `${repo.name}: ${branch} is checked out at ${holder.path}.`, {
    next: [
      ...(isMain ? [`git -C ${quote(repo.path)} switch ${quote(repo.defaultBranch)}`] : []),
      `gantry worktree add ${quote(set)} --branch OTHER --base ${quote(branch)}`,
    ],
    details: { branch, path: holder.path },
  });
}

/** A rebase or bisect detaches HEAD and comes back to the branch. */
function isWorkingOn(worktree: string, branch: string): boolean {
  const own = gitDirectories(worktree)?.own;
  if (own === undefined) return false;
  const says = (...path: string[]) => readText(join(own, ...path))?.trim();
  return (
    says('rebase-merge', 'head-name') === `refs/heads/${branch}` ||
    says('rebase-apply', 'head-name') === `refs/heads/${branch}` ||
    says('BISECT_START') === branch
  );
}

function requireNameFree(repo: WorkspaceRepo, branch: string, refs: readonly string[]): void {
  const ref = `refs/heads/${branch}`;
  const rival = rivalOf(ref, refs);
  if (rival === undefined) return;
  const other = rival.replace('refs/heads/', '');
  throw worktreeError('branch-taken', `${repo.name}: ${branch} can't be made beside the branch ${other}.`, {
    next: [`gantry repo branches ${quote(repo.name)}`],
    details: { branch, rival: other },
  });
}

async function remoteBranch(
  context: Context,
  repo: WorkspaceRepo,
  branch: string,
  refs: ReadonlyMap<string, string>,
): Promise<{ name: string; oid: string } | undefined> {
  if (![...refs.keys()].some((ref) => ref.endsWith(`/${branch}`))) return undefined;
  const { stdout } = await ask(context, { cwd: repo.path, args: ['remote'] });
  const found = stdout
    .split('\n')
    .filter(Boolean)
    .flatMap((remote) => {
      const oid = refs.get(`refs/remotes/${remote}/${branch}`);
      return oid === undefined ? [] : [{ remote, name: `${remote}/${branch}`, oid }];
    });
  if (found.length < 2) return found[0];
  const settings = await readConfig(context, repo.path, '^checkout\\.defaultremote$');
  const best = settings.get('checkout.defaultremote') ?? 'origin';
  const preferred = found.find(({ remote }) => remote === best);
  if (preferred) return preferred;
  const names = found.map(({ name }) => name);
  throw worktreeError(
    'branch-ambiguous',
    `${repo.name}: ${branch} is on several remotes: ${names.join(', ')}.`,
    {
      next: names.map((name) => `git -C ${quote(repo.path)} branch --track ${quote(branch)} ${quote(name)}`),
    },
  );
}

async function requireBase(context: Context, repo: WorkspaceRepo, { bases, set }: Wanted): Promise<string> {
  for (const base of bases) {
    for (const name of [`refs/heads/${base}`, `refs/remotes/origin/${base}`, base]) {
      const oid = await resolveCommit(context, repo.path, name);
      if (oid) return oid;
    }
  }
  throw worktreeError('base-unknown', `${repo.name} has no ${bases[0]} to start from.`, {
    next: [
      `gantry repo branches ${quote(repo.name)}`,
      `gantry worktree add ${quote(set)} --base BRANCH`,
      `gantry worktree add ${quote(set)} --repos OTHERS`,
    ],
    details: { repo: repo.name, base: bases[0] ?? '' },
  });
}
