import { resolve } from 'node:path';
import { readGateSettings } from '#engines/config/early.ts';
import { draftUser } from '#engines/config/set.ts';
import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft, OperationStep, Target } from '#engines/core/plan.ts';
import { modelDirectory } from '#engines/models/place.ts';
import { lookAtPorts } from '#engines/process/port/listening.ts';
import { portTaken } from './apply-listen.ts';
import { gateListen } from './operations.ts';
import { ownServer } from './status.ts';

interface ServeInput {
  port?: number;
  models?: string;
}

const TARGET: Target = { kind: 'daemon', name: 'gate' };

/** What is served is a setting, so that the next daemon serves it too. */
export async function planServe({ port: told, models }: ServeInput, context: Context): Promise<Draft> {
  const { port: usual, listening } = ownServer(context);
  const port = told ?? usual;
  const isServed = listening && port === usual;
  if (!isServed) await requireFree(port);
  const drafts = [
    await modelsDraft(models, context),
    ...(port === usual ? [] : [await draftUser('gate.port', port, context)]),
    await draftUser('gate.enabled', true, context),
  ];
  const steps = drafts.flatMap((draft) => draft.steps);
  if (isServed && steps.length === 0)
    return { steps: [], settled: [{ target: TARGET, reason: `listens on port ${port} already` }] };
  const listen: OperationStep = {
    id: `${TARGET.name}/1`,
    target: TARGET,
    expects: [],
    after: steps.map(({ id }) => id),
    ...call(gateListen, { port }),
  };
  return { steps: [...steps, listen] };
}

export async function planStop(_: object, context: Context): Promise<Draft> {
  if (!readGateSettings(context)['gate.enabled'])
    return { steps: [], settled: [{ target: TARGET, reason: 'is not served' }] };
  return draftUser('gate.enabled', false, context);
}

/** The daemon knows nothing of its caller's directory: what that says is written down once. */
async function modelsDraft(told: string | undefined, context: Context): Promise<Draft> {
  if (told !== undefined) return draftUser('gate.models', resolve(context.cwd, told), context);
  const usual = modelDirectory(context);
  const isSet = readGateSettings(context)['gate.models'] !== '';
  return isSet || usual === undefined ? { steps: [] } : draftUser('gate.models', usual, context);
}

async function requireFree(port: number): Promise<void> {
  const ports = lookAtPorts();
  if (!(await ports.isFree(port))) throw portTaken(port, await ports.ownerOf(port));
}
