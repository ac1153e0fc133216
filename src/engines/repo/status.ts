import { readSettings } from '#engines/config/read.ts';
import type { Context } from '#engines/core/context.ts';
import { readLastCommit, readStatus } from '#engines/git/inspect.ts';
import type { RepoStatus } from '#engines/git/types.ts';
import { readWorkspace, selectRepos } from '#engines/workspace/read.ts';

/** The status of the repos of those names, of all where none is given. */
export async function readStatuses(
  { repos, commits }: { repos: string[]; commits: boolean },
  context: Context,
): Promise<{ repos: RepoStatus[] }> {
  const workspace = await readWorkspace(context);
  const { 'repo.budget': budget } = await readSettings(context, workspace);
  const chosen = selectRepos(workspace, repos);
  const statuses = await Promise.all(chosen.map((repo) => readStatus(context, repo, { budget })));
  if (!commits) return { repos: statuses };
  return { repos: await Promise.all(statuses.map((status) => withLastCommit(context, status))) };
}

export async function withLastCommit(context: Context, status: RepoStatus): Promise<RepoStatus> {
  if (status.state !== 'ok' || status.head === null) return status;
  return { ...status, lastCommit: await readLastCommit(context, status.path) };
}
