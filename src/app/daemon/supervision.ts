import { userInfo } from 'node:os';
import type { Context } from '#engines/core/context.ts';
import { failureOf } from '#engines/core/errors.ts';
import type { Downloads } from '#engines/download/queue.ts';
import type { Conductor } from '#engines/job/conduct.ts';
import type { Supervisor } from '#engines/process/supervisor.ts';
import type { Clock } from '#engines/schedule/clock/clock.ts';
import type { Triggers } from '#engines/trigger/keep/triggers.ts';
import { ownCaller } from './caller.ts';
import type { Log } from './log.ts';
import type { Resident } from './resident.ts';
import type { Servers } from './servers.ts';
import type { ServedHost } from './surroundings.ts';

/** What the daemon keeps: processes, schedules, triggers, and the servers through which it is told. */
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
  let coming: Downloads | undefined;
  let conductor: Conductor | undefined;
  let clock: Clock | undefined;
  let triggers: Triggers | undefined;
  let servers: Servers | undefined;
  const stop = new AbortController();

  async function begin(resident: Pick<Resident, 'begin'>): Promise<void> {
    if (!host.contextFor) return;
    try {
      const own = ownCaller({ kind: 'script', name: userInfo().username }, { signal: stop.signal });
      const context = host.contextFor(own);
      const { openTriggers } = await import('#engines/trigger/keep/triggers.ts');
      const { supervisor } = await import('#engines/process/supervisor.ts');
      if (stop.signal.aborted) return;
      triggers = openTriggers({ context, conduct: () => conductor?.look(), tell: log });
      kept = context.use(supervisor);
      // What ended while nobody was there is found out as it is taken up.
      kept.follow(triggers.became);
      await kept.adopted;
      if (kept.size > 0) log('info', `keeps ${kept.size} processes`);
      if (stop.signal.aborted) return;
      const { downloads } = await import('#engines/download/queue.ts');
      coming = context.use(downloads);
      await runJobs(context, { resident, supervisor: kept, triggers });
      const { keepViews } = await import('#engines/service/views/views.ts');
      const { keepWorkerViews } = await import('#engines/worker/views/views.ts');
      await Promise.all([keepViews(context), keepWorkerViews(context)]);
    } catch (thrown) {
      if (!stop.signal.aborted) log('error', `keeping processes: ${failureOf(thrown).message}`);
    }
  }

  /** What became of a command is known once its process is taken up. */
  async function runJobs(context: Context, { resident, supervisor, triggers }: Parts): Promise<void> {
    const { openJobs } = await import('./jobs.ts');
    const { openClock } = await import('#engines/schedule/clock/clock.ts');
    conductor = openJobs({ context, resident, supervisor, log });
    clock = openClock({ context, conductor, tell: log });
    void clock.keep();
    void triggers.keep();
    const { openHttp } = await import('./http.ts');
    servers = openHttp({ context, resident, triggers, log });
  }

  return {
    begin,
    isNeeded: () =>
      (kept?.size ?? 0) > 0 ||
      (coming?.size ?? 0) > 0 ||
      [clock, triggers, servers].some((one) => one?.isNeeded() ?? false),
    leave() {
      stop.abort();
      servers?.close();
      kept?.leave();
      coming?.leave();
    },
  };
}

interface Parts {
  resident: Pick<Resident, 'begin'>;
  supervisor: Supervisor;
  triggers: Triggers;
}
