import type { Context } from '#engines/core/context.ts';
import { readRefMap } from '#engines/git/refs.ts';
import { readFlowModel } from '#engines/workspace/flow-model.ts';
import type { Workspace, WorkspaceRepo } from '#engines/workspace/types.ts';

/** Where features begin and how their branches are called. */
export interface FeatureModel {
  develop: string;
  prefix: string;
}

/** Nothing where the flow model is off: then no branch that features begin at is there. */
export async function readFeatureModel(
  context: Context,
  workspace: Workspace,
  repo: WorkspaceRepo,
): Promise<FeatureModel | undefined> {
  const { develop, origin, prefixes } = await readFlowModel(context, workspace, repo);
  const places = [`refs/heads/${develop}`, `refs/remotes/${origin}/${develop}`];
  const present = await readRefMap(context, repo.path, ...places);
  return places.some((ref) => present.has(ref)) ? { develop, prefix: prefixes.feature } : undefined;
}

/** The branch of a set; a name that has the prefix already is not given it twice. */
export function featureBranch(name: string, model?: FeatureModel): string {
  const { prefix = '' } = model ?? {};
  return name.startsWith(prefix) ? name : `${prefix}${name}`;
}
