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
import { type KnownStates, planExisting, styleOf } from './plan.ts';
import { branchOf, type FlowState, type Place, readFlowState } from './state.ts';

type DoneInput = FinishInput & { name: string; keepIgnored: boolean };

/** The kinds that are finished, those that are likelier meant first. */
const FINISHED = ['feature', 'bugfix', 'release', 'hotfix'] as const;

/** Merges where the target is checked out, removes the worktree, and only then the branch that was checked out in it. */
export async function planDone(input: DoneInput, context: Context): Promise<Draft> {
  const workspace = await readWorkspace(context);
  const style = await styleOf(context, input.style);
  const known = await statesOf(context, workspace, input.repos);
  const kind = kindOf([...known.values()], input.name);
  const { name, repos } = input;
  return planExisting(context, { kind, name, repos, known }, async (found, branch, bounded) => {
    const member = memberOf(workspace, found, { name, branch });
    const state = fromMain(found);
    const leaving = new Set(member ? [member.path] : []);
    const finish: Finish = { ...input, kind, verb: 'finish', branch, style, leaving };
    const course = await finishOne(bounded, state, finish, async (underWay, { keep, keeplocal }) => {
      if (!member) return;
      const options = { ...input, force: false, deleteBranch: !keep && !keeplocal };
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

/** One that can't be read says so when it is planned. */
async function statesOf(
  context: Context,
  workspace: Workspace,
  repos: readonly string[],
): Promise<KnownStates> {
  const { present } = await splitByPresence(selectRepos(workspace, repos));
  const read = await Promise.allSettled(present.map((repo) => readFlowState(context, workspace, repo)));
  const states = read.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  return new Map(states.map((state) => [state.repo.name, state]));
}

/** The first kind of which any repo has a branch of that name. */
function kindOf(states: readonly FlowState[], name: string): (typeof FINISHED)[number] {
  const isOf = (kind: (typeof FINISHED)[number]) =>
    states.some((state) => state.branches.has(branchOf(state, kind, name)));
  return FINISHED.find(isOf) ?? 'feature';
}
