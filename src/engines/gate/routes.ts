import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { type Gateway, gatewayFor, isHere, type Wanted } from './address.ts';
import { endpointsIn, routeText } from './apply-routes.ts';
import { routesOf } from './client/contract.ts';
import { gateError } from './errors.ts';
import { gateRouteFact } from './facts.ts';
import { gateRoute, gateRouteElsewhere } from './operations.ts';
import { gatewayStep, gatewayTarget } from './step.ts';
import type { Endpoint, Route } from './types.ts';

export async function readRoutes(wanted: Wanted, context: Context): Promise<{ routes: Route[] }> {
  return { routes: await routesOf(await gatewayFor(wanted, context), context) };
}

interface SetInput extends Wanted, Endpoint {
  model: string;
  beside: boolean;
}

export async function planSet(input: SetInput, context: Context): Promise<Draft> {
  const { model, endpoint, weight, fallback, beside } = input;
  const gateway = await gatewayFor(input, context);
  const before = endpointsIn(await routesOf(gateway, context), model);
  const own = { endpoint, weight, fallback };
  return draft(gateway, { model, before, after: beside ? withOne(before, own) : [own] });
}

interface RemoveInput extends Wanted {
  model: string;
  endpoint?: string;
}

export async function planRemove(
  { model, endpoint, ...wanted }: RemoveInput,
  context: Context,
): Promise<Draft> {
  const gateway = await gatewayFor(wanted, context);
  const before = endpointsIn(await routesOf(gateway, context), model);
  const after = endpoint === undefined ? [] : before.filter((one) => one.endpoint !== endpoint);
  if (after.length === before.length) throw unknown(model, endpoint, gateway);
  return draft(gateway, { model, before, after });
}

interface Change {
  model: string;
  before: Endpoint[];
  after: Endpoint[];
}

function draft(gateway: Gateway, { model, before, after }: Change): Draft {
  const { url, within } = gateway;
  const target = gatewayTarget(gateway, model);
  if (routeText(before) === routeText(after))
    return { steps: [], settled: [{ target, reason: 'goes there already' }] };
  const change = call(isHere(url) ? gateRoute : gateRouteElsewhere, { url, within, model, before, after });
  const expects = [expect(gateRouteFact, { url, within, model }, routeText(before))];
  return { steps: [gatewayStep(target, change, expects)] };
}

function withOne(before: readonly Endpoint[], own: Endpoint): Endpoint[] {
  const isThere = before.some(({ endpoint }) => endpoint === own.endpoint);
  return isThere ? before.map((one) => (one.endpoint === own.endpoint ? own : one)) : [...before, own];
}

function unknown(model: string, endpoint: string | undefined, { url }: Gateway) {
  const what = endpoint === undefined ? `no route of ${model}` : `no route of ${model} to ${endpoint}`;
  return gateError('gate-route-unknown', `There is ${what} at ${url}.`, {
    next: ['gantry gate routes list'],
    details: { model, url },
  });
}
