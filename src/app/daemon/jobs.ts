import type { Context } from '#engines/core/context.ts';
import { type Conductor, openConductor } from '#engines/job/conduct.ts';
import type { Fire } from '#engines/job/firing.ts';
import type { Supervisor } from '#engines/process/supervisor.ts';
import { schedules } from '#engines/schedule/records.ts';
import { store } from '#engines/store/store.ts';
import { triggers } from '#engines/trigger/records.ts';
import { ownCaller } from './caller.ts';
import type { Log } from './log.ts';
import type { Resident } from './resident.ts';

interface Keeping {
  context: Context;
  resident: Pick<Resident, 'begin'>;
  supervisor: Pick<Supervisor, 'stop'>;
  log: Log['write'];
}

const RECORDS = { schedule: schedules, trigger: triggers };

/** Runs what runs by itself: each run is one of the daemon as any other, which it ends for and hands over. */
export function openJobs({ context, resident, supervisor, log }: Keeping): Conductor {
  const opened = context.use(store);
  const fire: Fire = (invocation, { kind, name, workspace, cwd, env }, started) => {
    const { actor } = ownCaller({ kind, name });
    const run = resident.begin(invocation, { actor, cwd, workspace: workspace ?? undefined }, env);
    run.follow({
      report: (report) => {
        if (report.kind === 'started') started(report.activity);
      },
      ask: async () => ({ kind: 'needs-input' }),
    });
    return { outcome: run.outcome, cancel: run.cancel };
  };
  return openConductor({
    context,
    fire,
    stop: (process) => supervisor.stop(process).catch(() => undefined),
    isPaused: ({ kind, name }) => RECORDS[kind].find(opened, name)?.paused ?? false,
    tell: log,
  });
}
