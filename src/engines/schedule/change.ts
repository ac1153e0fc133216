import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Call, Draft, Settled, Step } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { processRun } from '#engines/process/facts.ts';
import { runOf } from '#engines/process/observe.ts';
import { processRemove } from '#engines/process/operations.ts';
import { type ProcessRecord, readProcesses } from '#engines/process/records.ts';
import { isAtRest } from '#engines/process/status.ts';
import { store } from '#engines/store/store.ts';
import { scheduleTarget } from './add.ts';
import { definitionNow } from './apply.ts';
import { isProcessOf } from './clock/firing.ts';
import { scheduleError } from './errors.ts';
import { scheduleDefinition } from './facts.ts';
import { schedulesNamed } from './named.ts';
import { schedulePause, scheduleRemove, scheduleResume, scheduleRun } from './operations.ts';
import type { Schedule } from './records.ts';
import { openRuns } from './runs.ts';

interface Named {
  names: string[];
}

/** With the processes of its commands that have ended; their logs stay. */
export async function planRemove({ names }: Named, context: Context): Promise<Draft> {
  const schedules = schedulesNamed(context, names);
  const draft = await planned(schedules, context, ({ definition }) => call(scheduleRemove, { definition }));
  const processes = readProcesses(context.use(store));
  const ended = schedules.flatMap(({ definition: { name } }) =>
    processes
      .filter(({ spec, status }) => isProcessOf(name, spec.name) && isAtRest(status))
      .map((record) => forgetProcess(record, `${name}/1`)),
  );
  return { ...draft, steps: [...draft.steps, ...ended] };
}

function forgetProcess(record: ProcessRecord, after: string): Step {
  const { name } = record.spec;
  return {
    id: `${name}/1`,
    target: { kind: 'process', name },
    expects: [expect(processRun, { name }, runOf(record))],
    after: [after],
    ...call(processRemove, { name }),
  };
}

export function planPause({ names }: Named, context: Context): Promise<Draft> {
  return planned(schedulesNamed(context, names), context, ({ definition: { name }, paused }) =>
    paused ? 'is paused already' : call(schedulePause, { name }),
  );
}

export function planResume({ names }: Named, context: Context): Promise<Draft> {
  return planned(schedulesNamed(context, names), context, ({ definition: { name }, paused }) =>
    paused ? call(scheduleResume, { name }) : 'is not paused',
  );
}

/** Now, whether or not it is paused; where its runs do not overlap, only while none goes on. */
export async function planRun(
  { name, wait }: { name: string; wait: boolean },
  context: Context,
): Promise<Draft> {
  const schedules = schedulesNamed(context, [name]);
  const isBusy = openRuns(context.use(store)).some(({ schedule }) => schedule === name);
  if (isBusy && schedules[0]?.definition.overlap === 'skip') {
    return { workspace: null, steps: [], refused: [{ target: scheduleTarget(name), failure: busy(name) }] };
  }
  return planned(schedules, context, ({ definition }) => call(scheduleRun, { definition, wait }));
}

/** A change of each, or why it needs none. */
async function planned(
  schedules: readonly Schedule[],
  context: Context,
  change: (schedule: Schedule) => Call | string,
): Promise<Draft> {
  const steps: Step[] = [];
  const settled: Settled[] = [];
  for (const schedule of schedules) {
    const { name } = schedule.definition;
    const target = scheduleTarget(name);
    const made = change(schedule);
    const expects = [expect(scheduleDefinition, { name }, definitionNow(name, context))];
    if (typeof made === 'string') settled.push({ target, reason: made });
    else steps.push({ id: `${name}/1`, target, expects, ...made });
  }
  return { workspace: null, steps, settled };
}

function busy(name: string) {
  return scheduleError('schedule-busy', `A run of ${name} goes on.`, {
    next: [`gantry schedule history ${quote(name)}`],
  }).failure;
}
