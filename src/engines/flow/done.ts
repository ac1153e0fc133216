import type { Context } from '#engines/core/context.ts';
import { type Draft, isChoice } from '#engines/core/plan.ts';
import { readWorkspace, selectRepos } from '#engines/workspace/read.ts';
import { splitByPresence } from '#engines/workspace/targets.ts';
import type { Workspace } from '#engines/workspace/types.ts';
import { type Member, memberAt } from '#engines/worktree/members.ts';
import { worktreePath } from '#engines/worktree/place.ts';
import { removalOf } from '#engines/worktree/remove.ts';
import type { Finish, FinishInput } from './finish/input.ts';
import { finishOne } from './finish/plan.ts';
import { TRAITS } from './kinds.ts';
import { planExisting, styleOf } from './plan.ts';
import { branchOf, type FlowState, type Place, readFlowState } from './state.ts';

type DoneInput = FinishInput & { name: string; keepIgnored: boolean };

/** The kinds that are finished, those that are likelier meant first. */
const FINISHED = ['feature', 'bugfix', 'release', 'hotfix'] as const;

/** Merges where the target is checked out, removes the worktree, and only then the branch that was checked out in it. */
export async function planDone(input: DoneInput, context: Context): Promise<Draft> {
  const workspace = await readWorkspace(context);
  const style = await styleOf(context, input.style);
  const kind = await kindOf(context, workspace, input);
  const { name, repos } = input;
  return planExisting(context, { kind, name, repos }, async (found, branch, bounded) => {
    const member = memberOf(workspace, found, { name, branch });
    const state = fromMain(found);
    const leaving = new Set(member ? [member.path] : []);
    const finish: Finish = { ...input, kind, branch, style, leaving };
    const course = await finishOne(bounded, state, finish, async (underWay) => {
      if (!member) return;
      const options = { ...input, force: false, deleteBranch: !input.keep };
      const { steps } = await removalOf(bounded, { workspace, input: options }, member);
      for (const step of steps) {
        if (isChoice(step)) throw new Error(`${step.id} of a removal is a choice.`);
        underWay.add(step.target, step, step.expects);
      }
    });
    return { steps: course.steps };
  });
}

/** From where it stays: the caller may be in the worktree that goes. */
function fromMain(state: FlowState): FlowState {
  return { ...state, home: state.places[0] as Place };
}

/** The worktree of the set, if it is on the branch: on another one it has other work. */
function memberOf(
  workspace: Workspace,
  { repo, places }: FlowState,
  { name, branch }: { name: string; branch: string },
): Member | undefined {
  const member = memberAt(workspace, repo, worktreePath(workspace, name, repo));
  const isOn = places.some((place) => place.target.path === member?.path && place.branch === branch);
  return member && isOn ? member : undefined;
}

/** The first kind of which any repo has a branch of that name. */
async function kindOf(
  context: Context,
  workspace: Workspace,
  { name, repos }: Pick<DoneInput, 'name' | 'repos'>,
): Promise<(typeof FINISHED)[number]> {
  const { present } = await splitByPresence(selectRepos(workspace, repos));
  const states = await Promise.all(present.map((repo) => readFlowState(context, workspace, repo)));
  const kinds = FINISHED.filter((kind) => TRAITS[kind].into.length > 0);
  return (
    kinds.find((kind) => states.some((state) => state.branches.has(branchOf(state, kind, name)))) ?? 'feature'
  );
}
