import type { Context } from '#engines/core/context.ts';
import type { Supervisor } from '#engines/process/supervisor.ts';
import { type Clock, openClock } from '#engines/schedule/clock/clock.ts';
import type { Fire } from '#engines/schedule/clock/firing.ts';
import { ownCaller } from './caller.ts';
import type { Log } from './log.ts';
import type { Resident } from './resident.ts';

interface Keeping {
  context: Context;
  resident: Pick<Resident, 'begin'>;
  supervisor: Pick<Supervisor, 'stop'>;
  log: Log['write'];
}

/** The clock of this daemon: what it fires is a run of the daemon as any other, which it ends for and hands over. */
export function openSchedules({ context, resident, supervisor, log }: Keeping): Clock {
  const fire: Fire = (invocation, { name, workspace, cwd, env }, started) => {
    const { actor } = ownCaller({ kind: 'schedule', name });
    const run = resident.begin(invocation, { actor, cwd, workspace: workspace ?? undefined }, env);
    run.follow({
      report: (report) => {
        if (report.kind === 'started') started(report.activity);
      },
      ask: async () => ({ kind: 'needs-input' }),
    });
    return { outcome: run.outcome, cancel: run.cancel };
  };
  const stop = (process: string) => supervisor.stop(process).catch(() => undefined);
  return openClock({ context, fire, stop, tell: log });
}
