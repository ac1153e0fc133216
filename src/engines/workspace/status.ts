import type { Context } from '#engines/core/context.ts';
import type { RepoStatus } from '#engines/git/types.ts';
import { otherOrigin } from './origin.ts';
import { readWorkspace } from './read.ts';
import { readWorkspaceHead } from './show.ts';
import type { WorkspaceStatus } from './types.ts';

export async function readWorkspaceStatus(_: unknown, context: Context): Promise<WorkspaceStatus> {
  const head = await readWorkspaceHead(_, context);
  const { repos: statuses } = (await context.invoke('repo.status', {})) as { repos: RepoStatus[] };
  const { repos: listed } = await readWorkspace(context);
  const urls = new Map(listed.map(({ name, url }) => [name, url]));
  const repos = await Promise.all(
    statuses.map(async (status) => ({
      ...status,
      origin: await otherOrigin(context, { url: urls.get(status.name), path: status.path }),
    })),
  );
  return { ...head, counts: countsOf(repos), repos };
}

function countsOf(repos: readonly RepoStatus[]): WorkspaceStatus['counts'] {
  const count = (is: (repo: RepoStatus) => unknown) => repos.filter(is).length;
  return {
    repos: repos.length,
    cloned: count((repo) => repo.state === 'ok'),
    dirty: count((repo) => repo.staged || repo.changed || repo.untracked || repo.conflicted),
    ahead: count((repo) => repo.ahead),
    behind: count((repo) => repo.behind),
    conflicted: count((repo) => repo.conflicted),
    unknown: count((repo) => repo.partial !== null || repo.problem !== null),
  };
}
