import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { workspaceExec } from '#engines/workspace/operations.ts';
import { readWorkspace } from '#engines/workspace/read.ts';
import { memberAt } from './members.ts';
import { worktreePath, worktreeTarget } from './place.ts';
import { planMembers } from './plan-set.ts';

interface Input {
  name: string;
  command: string[];
  repos: string[];
  parallel: number;
}

export async function planExec({ name, command, repos, parallel }: Input, context: Context): Promise<Draft> {
  const workspace = await readWorkspace(context);
  const draft = await planMembers(context, { workspace, repos, set: name }, async ({ repo }) => {
    const path = worktreePath(workspace, name, repo);
    const member = memberAt(workspace, repo, path);
    if (!member?.exists) return { settled: `has no worktree in ${name}` };
    const target = worktreeTarget(repo, path);
    return { steps: [{ id: `${repo.name}/1`, target, expects: [], ...call(workspaceExec, { command }) }] };
  });
  return { ...draft, parallel };
}
