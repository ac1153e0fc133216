import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft, OperationStep, Step } from '#engines/core/plan.ts';
import { isChoice } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { processStop } from '#engines/process/operations.ts';
import { isAtRest } from '#engines/process/status.ts';
import { processStep, processTarget } from '#engines/process/step.ts';
import { labelsOf } from '#engines/worker/labels.ts';
import { keptWorkers } from '#engines/worker/named.ts';
import { planSpawn } from '#engines/worker/spawn.ts';
import type { Bundle, Start } from './definition/bundle.ts';
import { bundlesNamed, requireBundle } from './definition/read.ts';
import { bundleError } from './errors.ts';
import { isFiles, modelOf } from './files.ts';
import { openLook } from './status.ts';

interface StartInput {
  ids: string[];
  force: boolean;
}

/** Its workers in their order: each is ready before the next begins. */
export async function planStart({ ids, force }: StartInput, context: Context): Promise<Draft> {
  const bundles = await bundlesNamed(ids, context);
  for (const bundle of bundles) await requireWhole(bundle, context);
  const draft: Required<Pick<Draft, 'steps' | 'settled'>> = { steps: [], settled: [] };
  for (const bundle of bundles) {
    for (const start of bundle.start) {
      const { steps, settled = [] } = await planWorker({ start, bundle, force }, draft.steps, context);
      const known = new Set(draft.steps.map(({ id }) => id));
      draft.steps.push(...steps.filter(({ id }) => !known.has(id)));
      draft.settled.push(...settled);
    }
  }
  return draft;
}

/** Those that run with the bundle, whether it is defined by now or not, the last one first. */
export async function planStop({ ids }: { ids: string[] }, context: Context): Promise<Draft> {
  const own = keptWorkers(context).filter((worker) => ids.includes(labelsOf(worker).bundle ?? ''));
  const bundles = new Set(own.map((worker) => labelsOf(worker).bundle));
  for (const id of ids) if (!bundles.has(id)) await requireBundle(id, context);
  const running = own.filter(({ status }) => !isAtRest(status)).toReversed();
  const steps: OperationStep[] = [];
  for (const worker of running) {
    const { name } = worker.spec;
    const before = steps.slice(-1).map(({ id }) => id);
    steps.push(processStep(name, worker, call(processStop, { name }), before));
  }
  const settled = own
    .filter(({ status }) => isAtRest(status))
    .map(({ spec }) => ({ target: processTarget(spec.name), reason: 'does not run' }));
  return { steps, settled };
}

interface Wanted {
  start: Start;
  bundle: Bundle;
  force: boolean;
}

function planWorker(
  { start, bundle, force }: Wanted,
  before: readonly Step[],
  context: Context,
): Promise<Draft> {
  const { worker, backend, model, port, gpu } = start;
  const own = bundle.items.find((item) => item.kind === 'command' && item.backend.name === backend);
  const input = {
    ...{ backend, gpu, force, name: worker, set: [], wait: true },
    ...{ port, model: modelOf(model, bundle, context) },
  };
  const starts = before.filter(({ target }) => target.kind === 'process');
  return planSpawn(input, context, {
    ...(own?.kind === 'command' && { backend: own.backend }),
    labels: { bundle: bundle.id },
    taken: new Set(starts.flatMap(portOf)),
    after: starts.slice(-1).map(({ id }) => id),
  });
}

function portOf(step: Step): number[] {
  const { spec } = (isChoice(step) ? {} : step.args) as { spec?: { port?: number | null } };
  return spec?.port ? [spec.port] : [];
}

/** What its workers load has to be there; what Ollama keeps can only be pulled once its server runs. */
async function requireWhole(bundle: Bundle, context: Context): Promise<void> {
  const { id, items, start } = bundle;
  if (start.length === 0) {
    throw bundleError('bundle-idle', `${id} has no workers.`, { next: [`gantry bundle pull ${quote(id)}`] });
  }
  const look = openLook(context);
  const states = await Promise.all(items.filter(isFiles).map((item) => look(item, bundle)));
  const missing = states.filter(({ state }) => state !== 'there').length;
  if (missing === 0) return;
  const what = missing === 1 ? '1 of its models is' : `${missing} of its models are`;
  throw bundleError('bundle-incomplete', `${id} is not complete: ${what} not here.`, {
    next: [`gantry bundle pull ${quote(id)} --wait`, `gantry bundle status ${quote(id)}`],
    details: { bundle: id },
  });
}
