import { type Step, targetKey } from '#engines/core/plan.ts';

/** For each step the ids of all that may only be applied after it: those that wait for it, and those behind it on its target. */
export function waitersOf(steps: readonly Step[]): Map<string, Set<string>> {
  const waiters = new Map<string, Set<string>>();
  const direct = new Map(steps.map(({ id }): [string, string[]] => [id, []]));
  const behind = new Map<string, string>();
  // A step stands before those that wait for it, so one look from the end knows all that follows.
  for (const { id, target, after = [] } of steps.toReversed()) {
    const key = targetKey(target);
    const next = [...(direct.get(id) ?? []), ...(behind.has(key) ? [behind.get(key) as string] : [])];
    waiters.set(id, new Set([...next, ...next.flatMap((one) => [...(waiters.get(one) ?? [])])]));
    for (const one of after) direct.get(one)?.push(id);
    behind.set(key, id);
  }
  return waiters;
}
