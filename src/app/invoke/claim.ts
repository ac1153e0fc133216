import { findOperation } from '#app/registry/find.ts';
import { claims } from '#engines/core/claims.ts';
import type { Context } from '#engines/core/context.ts';
import { firstUnmet } from '#engines/core/fact.ts';
import { callsOf, type Plan, targetKey } from '#engines/core/plan.ts';

/** Claims what a plan takes beside its targets until it is called what this returns; nothing where another has it. */
export async function claim(plan: Plan, context: Context): Promise<(() => void) | undefined> {
  return context.use(claims).take(await claimsOf(plan));
}

/** The same; nothing also where another has had it since the plan was made. */
export async function claimAnew(plan: Plan, context: Context): Promise<(() => void) | undefined> {
  const names = await claimsOf(plan);
  const release = context.use(claims).take(names);
  if (!release || names.length === 0) return release;
  let isOurs = false;
  try {
    isOurs = await isStill(plan, context);
  } finally {
    if (!isOurs) release();
  }
  return isOurs ? release : undefined;
}

async function claimsOf({ steps }: Plan): Promise<string[]> {
  const claimed = await Promise.all(
    steps.flatMap(callsOf).map(async ({ op, args }) => (await findOperation(op)).claims?.(args) ?? []),
  );
  return [...new Set(claimed.flat())];
}

/** Everything that its first steps rely on is as it was; what the others rely on may be made by these. */
async function isStill({ steps }: Plan, context: Context): Promise<boolean> {
  const first = Map.groupBy(steps, ({ target }) => targetKey(target))
    .values()
    .flatMap(([step]) => (step && !step.after ? [step] : []));
  const unmet = await Promise.all(
    [...first].map(({ expects, target }) => firstUnmet(expects, target, context)),
  );
  return unmet.every((one) => one === undefined);
}
