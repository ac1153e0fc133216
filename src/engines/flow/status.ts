import type { Context } from '#engines/core/context.ts';
import type { FlowKind } from '#engines/git/flow-config.ts';
import { readWorkspace, selectRepos } from '#engines/workspace/read.ts';
import { splitByPresence } from '#engines/workspace/targets.ts';
import { readFlowRows, repoRow } from './rows.ts';
import { readFlowState } from './state.ts';
import type { FlowBranch, FlowRepo } from './types.ts';

interface FlowStatus {
  branches: FlowBranch[];
  repos: FlowRepo[];
}

export async function readFlowStatus({ repos }: { repos: string[] }, context: Context): Promise<FlowStatus> {
  const workspace = await readWorkspace(context);
  const { present } = await splitByPresence(selectRepos(workspace, repos));
  const found = await Promise.all(
    present.map(async (repo) => {
      const state = await readFlowState(context, workspace, repo);
      return { row: repoRow(state), branches: await readFlowRows(context, workspace, state) };
    }),
  );
  return { branches: found.flatMap(({ branches }) => branches), repos: found.map(({ row }) => row) };
}

export const readFlowList =
  (kind: FlowKind) =>
  async (input: { repos: string[] }, context: Context): Promise<{ branches: FlowBranch[] }> => {
    const { branches } = await readFlowStatus(input, context);
    return { branches: branches.filter((one) => one.kind === kind) };
  };
