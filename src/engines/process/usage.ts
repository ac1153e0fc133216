import { readFileSync } from 'node:fs';
import { type ProcessIdentity, statOf } from '#engines/store/process.ts';
import { pids } from './pids.ts';

/** What the processes of one session use. */
export interface Usage {
  /** Its first process, while that is there. */
  leader?: ProcessIdentity;
  /** Clock ticks of processor time. */
  ticks: number;
  /** Bytes. */
  memory: number;
}

/** Of every system on which /proc is there. */
const PAGE = 4_096;
export const TICKS_PER_SECOND = 100;

/** By the leader of a session, what all its processes use: one look for however many processes are kept. */
export function usageBySession(): Map<number, Usage> {
  const sessions = new Map<number, Usage>();
  for (const pid of pids()) {
    const found = usageOf(pid);
    if (!found) continue;
    const { session, ticks, memory, leader } = found;
    const known = sessions.get(session) ?? { ticks: 0, memory: 0 };
    sessions.set(session, {
      leader: leader ?? known.leader,
      ticks: known.ticks + ticks,
      memory: known.memory + memory,
    });
  }
  return sessions;
}

/** Clock ticks since boot. */
export function ticksNow(): number {
  try {
    return Number(readFileSync('/proc/uptime', 'latin1').split(' ')[0]) * TICKS_PER_SECOND;
  } catch {
    return 0;
  }
}

function usageOf(pid: number): (Usage & { session: number }) | undefined {
  const stat = statOf(pid);
  if (!stat) return undefined;
  const [session = 0, user = 0, system = 0, pages = 0] = [3, 11, 12, 21].map((index) => Number(stat[index]));
  const isLeader = session === pid && stat[0] !== 'Z';
  return {
    session,
    leader: isLeader ? `${pid}@${stat[19]}` : undefined,
    ticks: user + system,
    memory: pages * PAGE,
  };
}
