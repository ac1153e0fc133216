import { isAlive } from '#engines/store/process.ts';
import type { ProcessRecord } from './records.ts';
import { pidOf } from './signal.ts';
import type { Status } from './status.ts';
import type { Process } from './types.ts';
import { TICKS_PER_SECOND, ticksNow, type Usage, usageBySession } from './usage.ts';

/** Share of one processor, in percent, of a process by its session and what that has used up to now. */
export type CpuShare = (session: number, usage: Usage, startTicks: number) => number;

/** As it stands in the database; whether it is still there is asked of the system. */
export function rowsOf(records: readonly ProcessRecord[], share: CpuShare = sinceStart()): Process[] {
  const isUsed = records.some(({ status }) => status.identity !== null);
  const sessions = isUsed ? usageBySession() : new Map<number, Usage>();
  return records.map((record) => rowOf(record, sessions, share));
}

function rowOf({ spec, status }: ProcessRecord, sessions: Map<number, Usage>, share: CpuShare): Process {
  const seen = asSeen(status, sessions);
  const pid = seen.identity === null ? null : pidOf(seen.identity);
  const usage = pid === null ? undefined : sessions.get(pid);
  const { phase, why, restarts, startedAt, readyAt, endedAt, exit, againAt, probed } = seen;
  return {
    id: spec.name,
    ...{ kind: spec.kind, owner: spec.owner, about: spec.about, workspace: spec.workspace },
    ...{ phase, why, pid, port: spec.port, restarts },
    cpu: pid === null || !usage ? null : rounded(share(pid, usage, Number(seen.identity?.split('@')[1]))),
    memory: usage?.memory ?? null,
    ...{ startedAt, readyAt, endedAt, exit, againAt, probed },
  };
}

/** No daemon may be there to have written down that it ended. */
function asSeen(status: Status, sessions: Map<number, Usage>): Status {
  const { identity } = status;
  if (identity === null || sessions.get(pidOf(identity))?.leader === identity || isAlive(identity))
    return status;
  return { ...status, identity: null, phase: 'failed', exit: { unknown: true }, why: 'is gone' };
}

/** Since the process started: what a single look can tell. */
function sinceStart(): CpuShare {
  const now = ticksNow();
  return (_, { ticks }, startTicks) => (100 * ticks) / Math.max(now - startTicks, TICKS_PER_SECOND);
}

function rounded(share: number): number {
  return Math.round(share * 10) / 10;
}
