import { userInfo } from 'node:os';
import { failureOf } from '#engines/core/errors.ts';
import type { Supervisor } from '#engines/process/supervisor.ts';
import type { Clock } from '#engines/schedule/clock/clock.ts';
import { ownCaller } from './caller.ts';
import type { Log } from './log.ts';
import type { Resident } from './resident.ts';
import type { ServedHost } from './surroundings.ts';

/** The processes and schedules that the daemon keeps. */
export interface Supervision {
  /** Takes up what an earlier daemon left and keeps the views of it, until it leaves; never rejects. */
  begin(resident: Pick<Resident, 'begin'>): Promise<void>;
  /** Whether there is anything that it has to be there for. */
  isNeeded(): boolean;
  /** Hands everything over to the next daemon. */
  leave(): void;
}

export function openSupervision(host: Pick<ServedHost, 'contextFor'>, log: Log['write']): Supervision {
  let kept: Supervisor | undefined;
  let clock: Clock | undefined;
  const stop = new AbortController();

  async function begin(resident: Pick<Resident, 'begin'>): Promise<void> {
    if (!host.contextFor) return;
    try {
      const { supervisor } = await import('#engines/process/supervisor.ts');
      if (stop.signal.aborted) return;
      const own = ownCaller({ kind: 'script', name: userInfo().username }, { signal: stop.signal });
      const context = host.contextFor(own);
      kept = context.use(supervisor);
      await kept.adopted;
      if (kept.size > 0) log('info', `keeps ${kept.size} processes`);
      if (stop.signal.aborted) return;
      // What became of a command is known once its process is taken up.
      const { openSchedules } = await import('./schedules.ts');
      clock = openSchedules({ context, resident, supervisor: kept, log });
      void clock.keep();
      const { keepViews } = await import('#engines/service/views/views.ts');
      const { keepWorkerViews } = await import('#engines/worker/views/views.ts');
      await Promise.all([keepViews(context), keepWorkerViews(context)]);
    } catch (thrown) {
      if (!stop.signal.aborted) log('error', `keeping processes: ${failureOf(thrown).message}`);
    }
  }

  return {
    begin,
    isNeeded: () => (kept?.size ?? 0) > 0 || (clock?.isNeeded() ?? false),
    leave() {
      stop.abort();
      kept?.leave();
    },
  };
}
