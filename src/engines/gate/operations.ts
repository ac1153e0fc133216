import * as z from 'zod/mini';
import { call, type Operation, operation } from '#engines/core/operation.ts';
import type { Effect } from '#engines/core/plan.ts';
import { type Endpoint, endpointSchema } from './types.ts';

/** The gateway that a change is made at, and how long it is waited for, in milliseconds. */
const gateway = { url: z.string(), within: z.number() };

const routeArgs = z.object({
  ...gateway,
  model: z.string(),
  before: z.array(endpointSchema),
  after: z.array(endpointSchema),
});

/** Changes at a gateway of this machine; those at another's go outward. */
export const gateRoute = routeOperation('gate.route', 'write');
export const gateRouteElsewhere = routeOperation('gate.route.elsewhere', 'outward');

const addArgs = z.object({
  ...gateway,
  name: z.string(),
  /** Absolute. */
  file: z.string(),
  /** Bytes. */
  size: z.number(),
  /** When it was written last, in milliseconds since the epoch. */
  modified: z.number(),
});

export const gateModelAdd = addOperation('gate.model.add', 'write');
export const gateModelAddElsewhere = addOperation('gate.model.add.elsewhere', 'outward');

const removeArgs = z.object({ ...gateway, name: z.string() });

export const gateModelRemove = removeOperation('gate.model.remove', 'destructive');
export const gateModelRemoveElsewhere = removeOperation('gate.model.remove.elsewhere', 'outward');

const listenArgs = z.object({ port: z.number() });

/** What the settings say comes true in the daemon. */
export const gateListen: Operation<typeof listenArgs> = operation({
  id: 'gate.listen',
  args: listenArgs,
  effect: 'write',
  resident: true,
  describe: ({ port }) => ({ summary: `listen on http://localhost:${port}`, commands: [] }),
  check: async () => (await import('./apply-listen.ts')).checkListen,
  apply: async () => (await import('./apply-listen.ts')).applyListen,
  // The settings that are taken back end it.
  invert: () => [],
});

function routeOperation(id: string, effect: Effect): Operation<typeof routeArgs> {
  const own: Operation<typeof routeArgs> = operation({
    id,
    args: routeArgs,
    effect,
    describe: ({ url, model, after }) => ({
      summary:
        after.length === 0
          ? `take the route of ${model} away at ${url}`
          : `route ${model} to ${after.map(endpointText).join(', ')} at ${url}`,
      commands: [],
    }),
    check: async () => (await import('./apply-routes.ts')).checkRoute,
    apply: async () => (await import('./apply-routes.ts')).applyRoute,
    invert: ({ before, after, ...rest }) => [call(own, { ...rest, before: after, after: before })],
  });
  return own;
}

function addOperation(id: string, effect: 'write' | 'outward'): Operation<typeof addArgs> {
  return operation({
    id,
    args: addArgs,
    effect,
    describe: ({ url, name, file, size }) => ({
      summary: `send ${file} (${size} bytes) to ${url} as ${name}`,
      commands: [],
    }),
    check: async () => (await import('./apply-models.ts')).checkAdd,
    apply: async () => (await import('./apply-models.ts')).applyAdd,
    invert: ({ url, within, name }) => [
      call(effect === 'write' ? gateModelRemove : gateModelRemoveElsewhere, { url, within, name }),
    ],
  });
}

function removeOperation(id: string, effect: Effect): Operation<typeof removeArgs> {
  return operation({
    id,
    args: removeArgs,
    effect,
    describe: ({ url, name }) => ({ summary: `delete ${name} at ${url}`, commands: [] }),
    check: async () => (await import('./apply-models.ts')).checkRemove,
    apply: async () => (await import('./apply-models.ts')).applyRemove,
  });
}

/** `worker-cuda-0 (3)`, `worker-cpu-0 as a fallback`. */
function endpointText({ endpoint, weight, fallback }: Endpoint): string {
  return `${endpoint}${weight === 1 ? '' : ` (${weight})`}${fallback ? ' as a fallback' : ''}`;
}
