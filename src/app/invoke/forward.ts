import { findOperation } from '#app/registry/find.ts';
import type { Context } from '#engines/core/context.ts';
import type { Invocation, Outcome } from '#engines/core/invocation.ts';
import { callsOf, type Plan } from '#engines/core/plan.ts';
import { daemonLink } from '#engines/daemon/link.ts';

/** Whether the plan changes what the daemon keeps, so that nobody else may apply it. */
export async function isForDaemon({ steps }: Plan, context: Context): Promise<boolean> {
  if (context.use(daemonLink).isHere) return false;
  const operations = new Set(steps.flatMap(callsOf).map(({ op }) => op));
  const found = await Promise.all([...operations].map(findOperation));
  return found.some(({ resident }) => resident);
}

/** The daemon plans the same once more, finds that it is the plan that was approved here where one was, and applies it. */
export function forward(
  invocation: Pick<Invocation, 'action' | 'input' | 'retry' | 'approval'>,
  plan: Plan,
  context: Context,
): Promise<Outcome> {
  const report: Context['report'] = (told) => {
    if (told.kind !== 'plan' || told.plan.hash !== plan.hash) context.report(told);
  };
  return context.use(daemonLink).invoke(invocation, { ...context, report });
}
