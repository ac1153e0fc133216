import type { Context } from '#engines/core/context.ts';
import { readBranches } from '#engines/git/branches.ts';
import { readStatus } from '#engines/git/inspect.ts';
import { readLog } from '#engines/git/log.ts';
import { git } from '#engines/git/run.ts';
import { type ChangedFile, parseChanges, STATUS_ARGS } from '#engines/git/status.ts';
import { type Submodule as GitSubmodule, readSubmodules } from '#engines/git/submodules.ts';
import { requirePresent } from './present.ts';
import type { Change, Detail, Submodule } from './types.ts';

/** Commits and branches that a detail shows; `repo.log` and `repo.branches` have all of them. */
const RECENT = 20;

/** One repo as its detail view shows it. */
export async function readDetail({ repo }: { repo: string }, context: Context): Promise<Detail> {
  const place = await requirePresent(context, repo);
  const [{ status, changes, commits, submodules }, branches] = await Promise.all([
    lookInto(place, context),
    readBranches(context, place.path),
  ]);
  return { status, changes, commits, branches: branches.slice(0, RECENT), submodules };
}

/** What is in one working tree, be it the repo's own or a linked one. */
export async function lookInto(
  place: { name: string; path: string },
  context: Context,
): Promise<Omit<Detail, 'branches'>> {
  const { path } = place;
  const [status, files, submodules] = await Promise.all([
    readStatus(context, place),
    git(context, { cwd: path, mode: 'background', args: [...STATUS_ARGS, '--untracked-files=normal'] }),
    readSubmodules(context, path),
  ]);
  const changed = parseChanges(files.stdout);
  return {
    status,
    changes: changed.map(changeOf),
    commits: status.head === null ? [] : await readLog(context, path, { limit: RECENT }),
    submodules: submodules.map((submodule) => submoduleOf(submodule, changed)),
  };
}

function changeOf({ path, from, index, worktree, kind }: ChangedFile): Change {
  const letters =
    kind === 'conflicted' ? { staged: 'U', unstaged: 'U' } : { staged: index, unstaged: worktree };
  return { ...letters, path, from: from ?? null };
}

function submoduleOf(submodule: GitSubmodule, changed: readonly ChangedFile[]): Submodule {
  const flags = changed.find(({ path }) => path === submodule.path)?.submodule;
  return { ...submodule, state: stateOf(submodule, flags) };
}

function stateOf({ head, recorded }: GitSubmodule, flags: ChangedFile['submodule']): Submodule['state'] {
  if (head === null) return 'missing';
  if (head !== recorded) return 'moved';
  return flags?.changed || flags?.untracked ? 'dirty' : 'ok';
}
