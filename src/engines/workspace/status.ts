import type { Context } from '#engines/core/context.ts';
import { commandsOf } from './commands.ts';
import { readWorkspace } from './read.ts';
import { isTrusted } from './trust.ts';
import type { WorkspaceStatus } from './types.ts';

export async function readWorkspaceStatus(_: unknown, context: Context): Promise<WorkspaceStatus> {
  const workspace = await readWorkspace(context);
  const { repos } = (await context.invoke('repo.status', {})) as Pick<WorkspaceStatus, 'repos'>;
  return {
    name: workspace.name,
    root: workspace.root,
    manifest: workspace.manifestPath,
    trusted: isTrusted(context, workspace),
    commands: commandsOf(workspace),
    counts: countsOf(repos),
    repos,
  };
}

function countsOf(repos: WorkspaceStatus['repos']): WorkspaceStatus['counts'] {
  const count = (is: (repo: WorkspaceStatus['repos'][number]) => boolean) => repos.filter(is).length;
  return {
    repos: repos.length,
    cloned: count((repo) => repo.state === 'ok'),
    dirty: count((repo) => repo.staged + repo.changed + repo.untracked + repo.conflicted > 0),
    ahead: count((repo) => repo.ahead > 0),
    behind: count((repo) => repo.behind > 0),
    conflicted: count((repo) => repo.conflicted > 0),
  };
}
