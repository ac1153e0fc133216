import type { Context } from '#engines/core/context.ts';
import { ask } from '#engines/git/ask.ts';
import { type FileDiff, readFileDiffs, readPatch } from '#engines/git/diff.ts';
import type { FlowKind } from '#engines/git/flow-config.ts';
import { LONGEST_PATCH } from '#engines/repo/history.ts';
import { readWorkspace, selectRepos } from '#engines/workspace/read.ts';
import { splitByPresence } from '#engines/workspace/targets.ts';
import { flowError } from './errors.ts';
import { TRAITS } from './kinds.ts';
import { nameOf } from './plan.ts';
import { branchOf, readFlowState } from './state.ts';

interface FlowDiff {
  repo: string;
  files: FileDiff[];
  text: string;
  truncated: boolean;
}

/** Since the commit at which it parted from its base. */
export const readFlowDiff =
  (kind: FlowKind) =>
  async (
    { name, repos }: { name?: string; repos: string[] },
    context: Context,
  ): Promise<{ repos: FlowDiff[] }> => {
    const known = await nameOf(context, kind, name);
    const workspace = await readWorkspace(context);
    const { present } = await splitByPresence(selectRepos(workspace, repos));
    const states = await Promise.all(present.map((repo) => readFlowState(context, workspace, repo)));
    const having = states.filter((state) => state.branches.has(branchOf(state, kind, known)));
    if (having.length === 0) {
      throw flowError('flow-branch-missing', `There is no ${kind} ${JSON.stringify(known)}.`, {
        next: [`gantry flow ${kind} list`],
      });
    }
    return {
      repos: await Promise.all(
        having.map(async (state) => {
          const { repo, model } = state;
          const branch = branchOf(state, kind, known);
          const base = model.bases.get(branch) ?? model[TRAITS[kind].from];
          const from = await partedAt(context, repo.path, `refs/heads/${base}`, `refs/heads/${branch}`);
          const range = { from, to: `refs/heads/${branch}` };
          const [files, patch] = await Promise.all([
            readFileDiffs(context, repo.path, range),
            readPatch(context, repo.path, range),
          ]);
          const truncated = patch.length > LONGEST_PATCH;
          return { repo: repo.name, files, text: patch.slice(0, LONGEST_PATCH), truncated };
        }),
      ),
    };
  };

async function partedAt(context: Context, cwd: string, base: string, branch: string): Promise<string> {
  const { stdout, exitCode } = await ask(context, {
    cwd,
    args: ['merge-base', '--end-of-options', base, branch],
    answers: [0, 1, 128],
  });
  return exitCode === 0 ? stdout.trim() : base;
}
