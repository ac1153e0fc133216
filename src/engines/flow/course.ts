import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Call, ChoiceStep, Expectation, OperationStep, Step, Target } from '#engines/core/plan.ts';
import { gitBranch } from '#engines/git/facts.ts';
import { gitConfigEdit, gitSwitch } from '#engines/git/operations.ts';
import { checkedOut, type FlowState, type Place } from './state.ts';
import { requireSwitchable } from './switchable.ts';

/** The steps of one repo as they are put together, and what is checked out where once they are done. */
export interface Course {
  steps: Step[];
  add(target: Target, call: Call, expects?: Expectation[]): void;
  choose(target: Target, choice: Pick<ChoiceStep, 'fact' | 'args' | 'outcomes'>): void;
  /** The place that has a branch checked out by then; where none has, home is switched to it, if nothing is in the way. */
  bring(branch: string): Promise<Target>;
  /** What a place had checked out before it was switched; null where it was not. */
  back(target: Target): string | null;
  /** Says that a step has switched a place. */
  switched(target: Target, branch: string): void;
  /** The branch that a place has checked out by then. */
  at(target: Target): string | null;
}

export function createCourse(context: Context, state: FlowState): Course {
  const steps: Step[] = [];
  const checkouts = new Map<string | undefined, Place>(
    state.places.map((place) => [place.target.path, place]),
  );

  function add(target: Target, run: Call, expects: Expectation[] = []): void {
    steps.push({ ...run, ...base(target, expects) } satisfies OperationStep);
  }

  function base(target: Target, expects: Expectation[]) {
    return { id: `${state.repo.name}/${steps.length + 1}`, target, expects };
  }

  async function bring(branch: string): Promise<Target> {
    const there = [...checkouts.values()].find((place) => place.branch === branch);
    if (there) return there.target;
    const home = checkouts.get(state.home.target.path) as Place;
    await requireSwitchable(context, state, branch);
    add(home.target, call(gitSwitch, { from: checkedOut(home), to: branch }), [
      expect(gitBranch, {}, home.branch ?? 'detached'),
    ]);
    switched(home.target, branch);
    return home.target;
  }

  function back(target: Target): string | null {
    const before = state.places.find((place) => place.target.path === target.path);
    if (!before || checkouts.get(target.path)?.branch === before.branch) return null;
    return checkedOut(before);
  }

  function switched(target: Target, branch: string): void {
    checkouts.set(target.path, { target, branch, head: null });
  }

  return {
    steps,
    add,
    choose: (target, choice) => steps.push({ ...base(target, []), ...choice } satisfies ChoiceStep),
    bring,
    back,
    switched,
    at: (target) => checkouts.get(target.path)?.branch ?? null,
  };
}

/**
 * git-flow notes the base of every flow branch; without it only one that is not the usual one is noted. Nothing where it
 * is noted already.
 */
export function baseNote(
  { model }: FlowState,
  { branch, base }: { branch: string; base: string },
): Call | undefined {
  const before = model.bases.get(branch) ?? null;
  const isUsual = model.source === 'manifest' && [model.develop, model.main].includes(base);
  if (before === base || (isUsual && before === null)) return undefined;
  return call(gitConfigEdit, { edits: [{ key: `gitflow.branch.${branch}.base`, value: base, before }] });
}
