import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { ChoiceStep, Draft, OperationStep } from '#engines/core/plan.ts';
import { processStop } from '#engines/process/operations.ts';
import type { ProcessRecord } from '#engines/process/records.ts';
import { processStep, processStepId } from '#engines/process/step.ts';
import { daemonInstance, daemonServing } from './facts.ts';
import { NONE, readInstance } from './instance.ts';
import { keptInOrder, keptRunning } from './kept.ts';
import { daemonStop } from './operations.ts';
import { DAEMON } from './target.ts';
import { installedFor } from './unit/read.ts';

interface StopInput {
  force: boolean;
  withProcesses: boolean;
}

export async function planStop({ force, withProcesses }: StopInput, context: Context): Promise<Draft> {
  const kept = withProcesses ? keptInOrder(context) : [];
  if (kept.length > 0) return planWhole(kept, force);
  const instance = await readInstance({}, DAEMON, context);
  if (instance === NONE)
    return { workspace: null, steps: [], settled: [{ target: DAEMON, reason: 'no daemon runs' }] };
  const step = await stopStep(instance, context, force);
  return { workspace: null, steps: [{ id: 'daemon/1', target: DAEMON, ...step }] };
}

/** Stops that very daemon, and says what goes on without it. */
export async function stopStep(
  instance: string,
  context: Context,
  force = false,
): Promise<Omit<OperationStep, 'id' | 'target'>> {
  const goOn = keptRunning(context).length;
  const through = installedFor(context)?.id;
  const stop = call(daemonStop, {
    instance,
    force,
    ...(goOn > 0 ? { goOn } : {}),
    ...(through ? { through } : {}),
  });
  return { expects: [expect(daemonInstance, {}, instance)], ...stop };
}

/** What depends on another stops before it, and the daemon last: whichever serves by then, since only one can stop them. */
function planWhole(kept: readonly ProcessRecord[], force: boolean): Draft {
  const steps = kept.map((record) => stopProcess(record, kept));
  const stop = call(daemonStop, { instance: null, force });
  const last: ChoiceStep = {
    id: 'daemon/1',
    target: DAEMON,
    expects: [],
    after: steps.map(({ id }) => id),
    fact: daemonServing.id,
    args: {},
    outcomes: { none: { status: 'skipped', reason: 'no daemon runs' }, older: stop, current: stop },
  };
  return { workspace: null, steps: [...steps, last] };
}

function stopProcess(record: ProcessRecord, kept: readonly ProcessRecord[]): OperationStep {
  const { name } = record.spec;
  const dependents = kept.filter(({ spec }) => spec.needs.includes(name));
  return processStep(
    name,
    record,
    call(processStop, { name }),
    dependents.map(({ spec }) => processStepId(spec.name)),
  );
}
