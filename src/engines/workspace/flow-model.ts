import type { Context } from '#engines/core/context.ts';
import { FLOW_KINDS, type FlowConfig, type FlowKind, readFlowConfig } from '#engines/git/flow-config.ts';
import type { Workspace, WorkspaceRepo } from './types.ts';

/** How the branches of a repo are called: as git-flow's configuration in it says, else as the manifest does. */
export interface FlowModel {
  source: 'avh' | 'next' | 'manifest';
  main: string;
  develop: string;
  prefixes: Readonly<Record<FlowKind, string>>;
  tagPrefix: string;
  origin: string;
  bases: FlowConfig['bases'];
  values: FlowConfig['values'];
}

export async function readFlowModel(
  context: Context,
  { manifest }: Pick<Workspace, 'manifest'>,
  repo: Pick<WorkspaceRepo, 'path'>,
): Promise<FlowModel> {
  const config = await readFlowConfig(context, repo.path);
  const { flow } = manifest;
  const own: Partial<Record<FlowKind, string>> = {
    feature: flow.feature_prefix,
    release: flow.release_prefix,
    hotfix: flow.hotfix_prefix,
  };
  const prefixOf = (kind: FlowKind) =>
    config.prefixes[kind] ?? (config.tool === null ? own[kind] : undefined) ?? `${kind}/`;
  return {
    source: config.tool ?? 'manifest',
    main: config.main ?? flow.main_branch,
    develop: config.develop ?? flow.develop_branch,
    prefixes: Object.fromEntries(FLOW_KINDS.map((kind) => [kind, prefixOf(kind)])) as FlowModel['prefixes'],
    tagPrefix: config.tagPrefix ?? (config.tool === null ? flow.tag_prefix : ''),
    origin: config.origin,
    bases: config.bases,
    values: config.values,
  };
}
