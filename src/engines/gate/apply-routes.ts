import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Target } from '#engines/core/plan.ts';
import type { Gateway } from './address.ts';
import { deleteRoute, putRoute, routesOf } from './client/contract.ts';
import { gateRouteFact } from './facts.ts';
import type { Endpoint, Route } from './types.ts';

type At = Pick<Gateway, 'url' | 'within'> & { model: string };
type Change = Application<At & { after: Endpoint[] }>;

export async function checkRoute({ args }: Change, context: Context): Promise<Applied | undefined> {
  const now = await routeAt(args, context);
  return routeText(now) === routeText(args.after) ? applied(args) : undefined;
}

/** The first takes the place of all there are, and the others come beside it. */
export async function applyRoute({ args }: Change, context: Context): Promise<Applied> {
  const { model, after } = args;
  const gateway: Gateway = { ...args, from: 'option' };
  if (after.length === 0) await deleteRoute(gateway, model, context);
  for (const [index, endpoint] of after.entries())
    await putRoute(gateway, { ...endpoint, model, beside: index > 0 }, context);
  return applied(args);
}

export async function readRouteFact(args: At, _: Target, context: Context): Promise<string> {
  return routeText(await routeAt(args, context));
}

export function endpointsIn(routes: readonly Route[], model: string): Endpoint[] {
  return routes
    .filter((route) => route.model === model)
    .map(({ endpoint, weight, fallback }) => ({ endpoint, weight, fallback }));
}

/** `none`, or `worker-cuda-0*3, worker-cpu-0*1!`: with a mark behind fallbacks. */
export function routeText(endpoints: readonly Endpoint[]): string {
  if (endpoints.length === 0) return 'none';
  return endpoints
    .map(({ endpoint, weight, fallback }) => `${endpoint}*${weight}${fallback ? '!' : ''}`)
    .join(', ');
}

async function routeAt({ url, within, model }: At, context: Context): Promise<Endpoint[]> {
  return endpointsIn(await routesOf({ url, within, from: 'option' }, context), model);
}

function applied({ url, within, model, after }: At & { after: Endpoint[] }): Applied {
  const is = routeText(after);
  return { summary: is, leaves: [expect(gateRouteFact, { url, within, model }, is)] };
}
