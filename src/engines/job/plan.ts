import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { canonical } from '#engines/core/json.ts';
import { call } from '#engines/core/operation.ts';
import type { Call, Draft, Settled, Step } from '#engines/core/plan.ts';
import { processRemove } from '#engines/process/operations.ts';
import { type ProcessRecord, readProcesses } from '#engines/process/records.ts';
import { isAtRest } from '#engines/process/status.ts';
import { processStep } from '#engines/process/step.ts';
import { store } from '#engines/store/store.ts';
import type { FoundCall } from './call.ts';
import { isProcessOf } from './firing.ts';
import type { Job } from './job.ts';
import { asItIs, type Noun, targetOf } from './noun.ts';
import type { JobRecord } from './records.ts';

interface Adding<D> {
  definition: D;
  asks: FoundCall['asks'];
  /** The one that is there may go. */
  force: boolean;
  add(before: D | null): Call;
  exists(): GantryError;
}

/** Puts it on record, unless that very one is. */
export function planAdding<D extends Job, P>(
  noun: Noun<D, P>,
  { definition, asks, force, add, exists }: Adding<D>,
  context: Context,
): Draft {
  const { name } = definition;
  const target = targetOf(noun, name);
  const known = noun.records.find(context.use(store), name);
  if (known && canonical(known.definition) === canonical(definition)) {
    const reason = known.paused ? 'is on record, and paused' : 'is on record';
    return { workspace: null, steps: [], settled: [{ target, reason }] };
  }
  if (known && !force)
    return { workspace: null, steps: [], refused: [{ target, failure: exists().failure }] };
  const expects = [asItIs(noun, name, context)];
  const step = { id: `${name}/1`, target, expects, ...add(known?.definition ?? null), ...asks };
  return { workspace: null, steps: [step] };
}

/** A change of each, or why it needs none. */
export function planEach<D extends Job, P>(
  noun: Noun<D, P>,
  jobs: readonly JobRecord<D, P>[],
  change: (job: JobRecord<D, P>) => Call | string,
  context: Context,
): Draft {
  const steps: Step[] = [];
  const settled: Settled[] = [];
  for (const job of jobs) {
    const { name } = job.definition;
    const target = targetOf(noun, name);
    const made = change(job);
    if (typeof made === 'string') settled.push({ target, reason: made });
    else steps.push({ id: `${name}/1`, target, expects: [asItIs(noun, name, context)], ...made });
  }
  return { workspace: null, steps, settled };
}

/** With the processes of its commands that have ended; their logs stay. */
export function planRemoving<D extends Job, P>(
  noun: Noun<D, P>,
  jobs: readonly JobRecord<D, P>[],
  remove: (job: JobRecord<D, P>) => Call,
  context: Context,
): Draft {
  const draft = planEach(noun, jobs, remove, context);
  const processes = readProcesses(context.use(store));
  const ended = jobs.flatMap(({ definition: { name } }) =>
    processes
      .filter(({ spec, status }) => isProcessOf({ kind: noun.kind, name }, spec.name) && isAtRest(status))
      .map((record) => forgetProcess(record, `${name}/1`)),
  );
  return { ...draft, steps: [...draft.steps, ...ended] };
}

function forgetProcess(record: ProcessRecord, after: string): Step {
  const { name } = record.spec;
  return processStep(name, record, call(processRemove, { name }), [after]);
}
