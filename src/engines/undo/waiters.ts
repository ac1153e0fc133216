import { type Step, targetKey } from '#engines/core/plan.ts';

/** For each step the ids of all that may only be applied after it: those that wait for it, and those behind it on its target. */
export function waitersOf(steps: readonly Step[]): Map<string, Set<string>> {
  const waiters = new Map<string, Set<string>>();
  // A step stands before those that wait for it, so one look from the end knows all that follows.
  for (const [index, step] of [...steps.entries()].toReversed()) {
    const next = steps.slice(index + 1);
    const behind = next.find((one) => targetKey(one.target) === targetKey(step.target));
    const direct = next.filter((one) => one === behind || one.after?.includes(step.id)).map(({ id }) => id);
    waiters.set(step.id, new Set([...direct, ...direct.flatMap((id) => [...(waiters.get(id) ?? [])])]));
  }
  return waiters;
}
