import type { Context } from '#engines/core/context.ts';
import type { Draft } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { requireBase, requireName } from '../check.ts';
import { flowError } from '../errors.ts';
import { filtered } from '../hooks/filter.ts';
import { planFlow, type Style, styleOf } from '../plan.ts';
import { kindOf } from '../rows.ts';
import type { FlowState } from '../state.ts';
import { finishOne } from './plan.ts';

interface ReleaseBranchInput {
  name: string;
  branch?: string;
  repos: string[];
  squash: boolean;
  squashInfo: boolean;
  push: boolean;
  sign: boolean;
  message?: string;
  signingkey?: string;
  messagefile?: string;
  notag: boolean;
  fetch: boolean;
  style?: Style;
}

/** Makes a version of a branch as it is; the branch stays, and nothing is merged back. */
export async function planReleaseBranch(input: ReleaseBranchInput, context: Context): Promise<Draft> {
  const style = await styleOf(context, input.style);
  return planFlow(context, input.repos, async (state, bounded) => {
    const branch = requireBase(state, input.branch ?? state.model.develop).name;
    requireReleasable(state, branch);
    const name = await filtered(bounded, state, { filter: 'branch-finish-version', args: [input.name] });
    await requireName(bounded, state, { kind: 'release', name, branch, style });
    const finish = { kind: 'release', verb: 'branch', rebase: false, noFf: false } as const;
    const stays = { keep: true, keepremote: true, keeplocal: true, leaving: new Set<string>() };
    const course = await finishOne(bounded, state, { ...input, ...finish, ...stays, name, branch, style });
    return course.steps.length > 0 ? { steps: course.steps } : { settled: `${name} is released` };
  });
}

function requireReleasable(state: FlowState, branch: string): void {
  const { repo, model } = state;
  const kind = kindOf(state, branch);
  if (branch !== model.main && kind === undefined) return;
  const only = `--repos ${quote(repo.name)}`;
  const name = kind === undefined ? '' : branch.slice(model.prefixes[kind].length);
  throw flowError(
    'flow-unreleasable',
    kind === undefined
      ? `${repo.name}: ${branch} is what versions are merged into.`
      : `${repo.name}: ${branch} is a ${kind} branch.`,
    {
      next:
        kind === undefined || kind === 'support'
          ? [`gantry flow release branch VERSION ${quote(model.develop)} ${only}`]
          : [`gantry flow ${kind} finish ${quote(name)} ${only}`],
    },
  );
}
