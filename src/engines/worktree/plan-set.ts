import type { Context } from '#engines/core/context.ts';
import type { Draft } from '#engines/core/plan.ts';
import { type Chosen, planEach, type Verdict } from '#engines/repo/choose.ts';
import { selectRepos } from '#engines/workspace/read.ts';
import { splitByPresence } from '#engines/workspace/targets.ts';
import type { Workspace, WorkspaceRepo } from '#engines/workspace/types.ts';
import { membersOf, setsOf } from './members.ts';
import { unknownSet } from './name.ts';

type PlanOne = (chosen: Chosen, context: Context) => Promise<Verdict>;

/** Plans the repos that are named, or all that are cloned. One that is refused keeps all of them from being changed. */
export async function planTogether(
  context: Context,
  { workspace, repos }: { workspace: Workspace; repos: readonly string[] },
  plan: PlanOne,
): Promise<Draft> {
  const names = repos.length > 0 ? repos : (await clonedRepos(workspace)).map(({ name }) => name);
  if (names.length === 0) return planEach(context, [], plan);
  const draft = await planEach(context, names, plan);
  return draft.refused && draft.refused.length > 0 ? { steps: [], refused: draft.refused } : draft;
}

/** The same for a set that has to be there in one of the repos at least. */
export async function planMembers(
  context: Context,
  { workspace, repos, set }: { workspace: Workspace; repos: readonly string[]; set: string },
  plan: PlanOne,
): Promise<Draft> {
  const chosen = selectRepos(workspace, repos);
  const having = chosen.filter((repo) => membersOf(workspace, repo).some((member) => member.set === set));
  if (having.length === 0) throw unknownSet(set, setsOf(workspace));
  const names = repos.length > 0 ? repos : having.map(({ name }) => name);
  return planTogether(context, { workspace, repos: names }, plan);
}

export async function clonedRepos(workspace: Workspace): Promise<WorkspaceRepo[]> {
  return (await splitByPresence(workspace.repos)).present;
}
